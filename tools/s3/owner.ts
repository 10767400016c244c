import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ownerAnswerMs } from './limits.ts'

/**
 * One server a directory. Who serves it is asked, not read from a process id: after `kill -9` the
 * file stays, but nobody answers with its mark, and the next server takes over.
 */
export async function assertUnowned(root: string): Promise<void> {
  let owner: { endpoint: string; id: string }
  try {
    owner = JSON.parse(await readFile(ownerPath(root), 'utf8')) as typeof owner
  } catch {
    return
  }
  if ((await askOwner(owner.endpoint)) !== owner.id) return
  throw new Error(`This directory is already served at ${owner.endpoint}. Stop that server first.`)
}

export async function writeOwner(
  root: string,
  owner: { endpoint: string; id: string },
): Promise<void> {
  await writeFile(ownerPath(root), JSON.stringify(owner))
}

async function askOwner(endpoint: string): Promise<string | undefined> {
  try {
    const reply = await fetch(`${endpoint}/health`, { signal: AbortSignal.timeout(ownerAnswerMs) })
    return ((await reply.json()) as { owner?: string }).owner
  } catch {
    return undefined
  }
}

function ownerPath(root: string): string {
  return path.join(root, 'owner.json')
}
