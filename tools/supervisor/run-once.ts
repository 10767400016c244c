import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { signal } from '../living-process.ts'
import { Trouble } from '../trouble.ts'
import { readableLine } from './readable-line.ts'

export interface Errand {
  name: string
  args: string[]
  env: NodeJS.ProcessEnv
  /** Defaults to this very Node. */
  program?: string
  cwd?: string
  signal?: AbortSignal
  /** Shown each line as it comes; without it the words are kept for the failure only. */
  onLine?: (line: string) => void
}

const lastWordsMax = 40

/** Runs a program to its end and returns its output's lines. Refuses with its last words. */
export async function runOnce(errand: Errand): Promise<string[]> {
  errand.signal?.throwIfAborted()
  const child = spawn(errand.program ?? process.execPath, errand.args, {
    cwd: errand.cwd,
    env: errand.env,
    // A group of its own, so that a shell and what it started end together.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = () => child.pid !== undefined && signal(-child.pid, 'SIGTERM')
  errand.signal?.addEventListener('abort', end, { once: true })
  const output: string[] = []
  const words: string[] = []
  const hear = (line: string) => {
    words.push(readableLine(line) ?? line)
    if (words.length > lastWordsMax) words.shift()
    errand.onLine?.(line)
  }
  createInterface({ input: child.stdout }).on('line', line => {
    output.push(line)
    hear(line)
  })
  createInterface({ input: child.stderr }).on('line', hear)
  const code = await new Promise<number | string>((done, fail) => {
    child.once('error', fail)
    child.once('close', (exitCode, name) => done(exitCode ?? name ?? 'unknown'))
  })
  errand.signal?.removeEventListener('abort', end)
  errand.signal?.throwIfAborted()
  if (code === 0) return output
  const shown = errand.onLine ? '' : `:\n${words.join('\n')}`
  throw new Trouble(`${errand.name} ended with ${code}${shown}`)
}
