import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { identityOf, isGoneWithin, signal } from '../living-process.ts'
import type { ProcessIdentity } from '../living-process.ts'

export interface Running extends ProcessIdentity {
  port: number
}

export type Answer = 'ready' | 'not_yet' | 'leaving' | 'wrong_password' | 'stranger'

const connectMs = 2_000
// Larger than any pid_max: no process can have it, so PostgreSQL takes the file for stale.
const impossiblePid = 2_147_483_646

/** The server that runs on this data folder, if one does. */
export function findRunning(dataDir: string): Running | undefined {
  const file = path.join(dataDir, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Math.abs(Number(lines[0]))
  const identity = pid > 1 ? identityOf(pid) : undefined
  if (!identity || !isPostmasterOf(pid, dataDir)) return undefined
  return { ...identity, port: Number(lines[3] ?? 0) }
}

/**
 * After a crash the pid in postmaster.pid may belong to a stranger, and PostgreSQL would then refuse
 * to start for ever. The pid is replaced, not the file removed, because the shared memory key below
 * it still protects the data from a backend that outlived its postmaster.
 */
export function disownRecycledPid(dataDir: string): void {
  const file = path.join(dataDir, 'postmaster.pid')
  if (!existsSync(file) || findRunning(dataDir)) return
  const [first, ...rest] = readFileSync(file, 'utf8').split('\n')
  const isRecycled = identityOf(Math.abs(Number(first))) !== undefined
  if (isRecycled) writeFileSync(file, [String(impossiblePid), ...rest].join('\n'))
}

/** What answers on the port, asked with our own password: a stranger's server is never ours. */
export async function ask(adminUrl: string, dataDir: string): Promise<Answer> {
  const client = new pg.Client({
    connectionString: adminUrl,
    connectionTimeoutMillis: connectMs,
    query_timeout: connectMs,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return rows[0]?.data_directory === dataDir ? 'ready' : 'stranger'
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code === '28P01') return 'wrong_password'
    if (code === '57P03' && message.includes('shutting down')) return 'leaving'
    return 'not_yet'
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Stops a server: first with the checkpoint that keeps the next start fast, then harder. */
export async function stopServer(server: ProcessIdentity): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ]
  for (const [name, waitMs] of steps) {
    signal(server.pid, name)
    if (await isGoneWithin(server, waitMs)) return
  }
}

// The postmaster's working directory is its data folder for as long as it lives.
function isPostmasterOf(pid: number, dataDir: string): boolean {
  try {
    if (process.platform !== 'linux') {
      const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], {
        encoding: 'utf8',
      })
      return command.includes(dataDir)
    }
    return (
      path.basename(readlinkSync(`/proc/${pid}/exe`)).startsWith('postgres') &&
      readlinkSync(`/proc/${pid}/cwd`) === dataDir
    )
  } catch {
    return false
  }
}
