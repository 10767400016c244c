import { execFile, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { chown, mkdir, rename, rm, statfs, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Trouble } from '../trouble.ts'
import { adviceFor, whyNotStarted } from './explain.ts'
import type { StartFailure } from './explain.ts'
import { prefixed } from './place.ts'
import type { Place } from './place.ts'
import { ask, findRunning } from './running.ts'
import type { Running } from './running.ts'

export const adminName = 'janta_admin'

const run = promisify(execFile)
const initdbMs = 120_000
const startMs = 120_000
const pollMs = 20
const logBytesMax = 10_000_000
const freshBytes = 150_000_000

const disposable = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'shared_preload_libraries=pg_stat_statements',
  'timezone=UTC',
  'log_timezone=UTC',
  'lc_messages=C',
]

/**
 * Makes an empty cluster. It gets its name only when it is whole, so a crash or a full disk in the
 * middle leaves nothing that could be taken for one.
 */
export async function createCluster(place: Place, password: string, durable: boolean) {
  const unfinished = `${place.dataDir}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  const passwordFile = `${unfinished}.password`
  await demandRoom(unfinished)
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (place.user) {
    await chown(unfinished, place.user.uid, place.user.gid)
    await chown(passwordFile, place.user.uid, place.user.gid)
  }
  const args = ['-D', unfinished, '-U', adminName, '-A', 'scram-sha-256', '-E', 'UTF8']
  // C.UTF-8 sorts alike on every machine; the C library's character types are what lets trigrams
  // see letters outside ASCII.
  args.push('--locale=C.UTF-8', `--pwfile=${passwordFile}`, ...(durable ? [] : ['--no-sync']))
  try {
    await run(...commandLine(place, 'initdb', args), { ...spawnOptions(place), timeout: initdbMs })
    await rename(unfinished, place.dataDir)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    const log = (error as { stderr?: string }).stderr ?? String(error)
    throw new Trouble(adviceFor(whyNotStarted(log), place.dataDir, log), { cause: error })
  } finally {
    await rm(passwordFile, { force: true })
  }
}

export interface Launch {
  place: Place
  port: number
  durable: boolean
  logFile: string
  adminUrl: string
}

/** Starts a server and waits until it answers; or says why it did not. */
export async function launchServer(launch: Launch): Promise<Running | StartFailure> {
  const { place, logFile } = launch
  const from = prepareLog(logFile)
  const log = openSync(logFile, 'a', 0o600)
  const options = [`port=${launch.port}`, ...settings, ...(launch.durable ? [] : disposable)]
  const args = ['-D', place.dataDir, ...options.flatMap(option => ['-c', option])]
  // Its own session and a file for its words: it outlives us and our terminal unless we stop it.
  const child = spawn(...commandLine(place, 'postgres', args), {
    ...spawnOptions(place),
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.unref()
  let hasExited = false
  child.once('exit', () => (hasExited = true))
  child.once('error', () => (hasExited = true))

  const deadline = Date.now() + startMs
  while (Date.now() < deadline) {
    if (hasExited) return whyNotStarted(wordsSince(logFile, from))
    const running = findRunning(place.dataDir)
    if (running && (await ask(launch.adminUrl, place.dataDir)) === 'ready') return running
    await pause(pollMs)
  }
  child.kill('SIGQUIT')
  return 'unknown'
}

export function wordsSince(logFile: string, from: number): string {
  return readFileSync(logFile).subarray(from).toString()
}

export function prepareLog(logFile: string): number {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  if (size < logBytesMax) return size
  renameSync(logFile, `${logFile}.old`)
  return 0
}

function commandLine(place: Place, program: string, args: string[]): [string, string[]] {
  return prefixed(place, path.join(place.native, 'bin', program), args)
}

function spawnOptions(place: Place) {
  // The person's own PG* variables would otherwise change ports, folders and passwords.
  return { ...place.user, cwd: '/', env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } }
}

async function demandRoom(dataDir: string): Promise<void> {
  const disk = await statfs(dataDir)
  if (disk.bavail * disk.bsize >= freshBytes) return
  throw new Trouble(adviceFor('disk_full', dataDir, ''))
}
