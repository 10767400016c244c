import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { identityOf, isAlive } from '../living-process.ts'

/**
 * Who uses a cluster. Several commands and test files may share one server; the last living user
 * stops it. A user that was killed does not count, whoever has its pid today.
 */
export async function takeLease(home: string): Promise<void> {
  const me = identityOf(process.pid)
  await mkdir(folder(home), { recursive: true })
  await writeFile(mine(home), me?.startedAt ?? '')
}

/** Gives our lease back and says whether anybody else still uses the cluster. */
export async function returnLease(home: string): Promise<{ othersRemain: boolean }> {
  await rm(mine(home), { force: true })
  return { othersRemain: (await livingUsers(home)).length > 0 }
}

export async function livingUsers(home: string): Promise<number[]> {
  const names = await readdir(folder(home)).catch(() => [])
  const living: number[] = []
  for (const name of names) {
    const file = path.join(folder(home), name)
    const startedAt = await readFile(file, 'utf8').catch(() => '')
    if (isAlive({ pid: Number(name), startedAt })) living.push(Number(name))
    else await rm(file, { force: true })
  }
  return living
}

function folder(home: string): string {
  return path.join(home, 'users')
}

function mine(home: string): string {
  return path.join(folder(home), String(process.pid))
}
