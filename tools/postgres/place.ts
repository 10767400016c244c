import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, cp, mkdir, realpath, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { Trouble } from '../trouble.ts'
import type { Binaries } from './binaries.ts'

const run = promisify(execFile)
const probeMs = 10_000
const nobody = 65_534

/**
 * How and where this machine can run PostgreSQL, which refuses to run as root.
 *
 * | who runs npm | project folder | strategy  | server runs as          | data lives in       |
 * |--------------|----------------|-----------|-------------------------|---------------------|
 * | anybody else | any            | direct    | the same person         | the home            |
 * | root         | open to others | direct    | nobody                  | the home            |
 * | root         | only for root  | namespace | root, mapped to 1000    | the home            |
 * | root         | only for root, | copy      | nobody                  | the shelter         |
 * |              | no namespaces  |           |                         |                     |
 */
export interface Place {
  strategy: Strategy
  native: string
  dataDir: string
  /** Set when the server must run as, and the data belong to, somebody else than we are. */
  user?: { uid: number; gid: number }
  /** What stands before the program's own command line. */
  prefix: string[]
}

export type Strategy = 'direct' | 'namespace' | 'copy'

export interface PlaceOptions {
  home: string
  binaries: Binaries
  /** Tests narrow this to try a strategy that their machine would not choose. */
  strategies?: Strategy[]
  /** Where an unreachable home's data and binaries go. */
  shelter?: string
}

// Not /tmp or /var/tmp: machines empty those by age, and this holds somebody's data.
export const defaultShelter = '/var/lib/janta-pharmacy'

export async function findPlace(options: PlaceOptions): Promise<Place> {
  const { home, binaries } = options
  const dataDir = path.join(home, 'data')
  if (process.getuid?.() !== 0) {
    return { strategy: 'direct', native: binaries.native, dataDir, prefix: [] }
  }
  const strategies = options.strategies ?? ['direct', 'namespace', 'copy']
  const user = unprivilegedUser()
  const sheltered = await shelteredDataDir(options)
  const isSheltered = existsSync(sheltered)

  if (strategies.includes('direct') && !isSheltered) {
    const place: Place = { strategy: 'direct', native: binaries.native, dataDir, user, prefix: [] }
    if (await canRun(place, home)) return place
  }
  if (strategies.includes('namespace') && !isSheltered) {
    const prefix = ['unshare', '-U', '--map-user=1000', '--map-group=1000', '--']
    const place: Place = { strategy: 'namespace', native: binaries.native, dataDir, prefix }
    if (await canRun(place, home)) return place
  }
  if (!strategies.includes('copy')) {
    throw new Trouble(`PostgreSQL cannot be run from ${home} in any of: ${strategies.join(', ')}.`)
  }
  const native = await copyNative(binaries, options.shelter ?? defaultShelter)
  const place: Place = { strategy: 'copy', native, dataDir: sheltered, user, prefix: [] }
  await moveData(dataDir, sheltered)
  if (await canRun(place, path.dirname(sheltered))) return place
  throw new Trouble(
    `PostgreSQL does not run on this machine, neither from the project folder nor from ${native}. It needs glibc 2.27 or newer (Alpine is not supported). Set DATABASE_URL and DATABASE_OWNER_URL to a PostgreSQL 17 of your own.`,
  )
}

/** Every folder that may hold the data of `home`. */
export async function dataDirsOf(options: Pick<PlaceOptions, 'home' | 'shelter'>) {
  return [path.join(options.home, 'data'), await shelteredDataDir(options)]
}

async function shelteredDataDir(options: Pick<PlaceOptions, 'home' | 'shelter'>) {
  const name = createHash('sha256')
    .update(await realpath(options.home))
    .digest('hex')
    .slice(0, 16)
  return path.join(options.shelter ?? defaultShelter, `data-${name}`)
}

/** Gives the data folder to whoever the server runs as, also after a change of strategy. */
export async function ownData(place: Place): Promise<void> {
  if (!existsSync(place.dataDir)) return
  const uid = place.user?.uid ?? process.getuid?.()
  const { uid: ownerUid } = await stat(place.dataDir)
  if (uid === undefined || ownerUid === uid) return
  if (process.getuid?.() !== 0) {
    throw new Trouble(
      `${place.dataDir} belongs to another user of this machine (uid ${ownerUid}). Run the command as that user, or run "npm run reset" as that user to start anew.`,
    )
  }
  const gid = place.user?.gid ?? process.getgid?.() ?? 0
  await run('chown', ['-R', `${uid}:${gid}`, place.dataDir])
}

function unprivilegedUser(): { uid: number; gid: number } {
  const passwd = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8') : ''
  const line = /^nobody:[^:]*:(\d+):(\d+):/m.exec(passwd)
  return line ? { uid: Number(line[1]), gid: Number(line[2]) } : { uid: nobody, gid: nobody }
}

/** A program and its arguments behind what the place puts before them. */
export function prefixed(place: Place, program: string, args: string[]): [string, string[]] {
  const [first, ...rest] = place.prefix
  return first === undefined ? [program, args] : [first, [...rest, program, ...args]]
}

// The only proof that somebody can run a program and enter a folder is to let them do both.
async function canRun(place: Place, home: string): Promise<boolean> {
  const script = '"$1" --version >/dev/null && cd "$2"'
  const postgres = path.join(place.native, 'bin', 'postgres')
  const [program, args] = prefixed(place, 'sh', ['-c', script, 'sh', postgres, home])
  try {
    await run(program, args, { ...place.user, cwd: '/', timeout: probeMs })
    return true
  } catch {
    return false
  }
}

async function copyNative(binaries: Binaries, shelter: string): Promise<string> {
  const target = path.join(shelter, `postgres-${binaries.version}`)
  if (existsSync(target)) return target
  const unfinished = `${target}.${process.pid}`
  await mkdir(shelter, { recursive: true })
  await chmod(shelter, 0o711)
  await cp(binaries.native, unfinished, { recursive: true, verbatimSymlinks: true })
  await run('chmod', ['-R', 'go+rX', unfinished])
  await rename(unfinished, target).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    await rm(unfinished, { recursive: true })
  })
  return target
}

// A machine that allowed user namespaces yesterday and forbids them today keeps its rows.
async function moveData(from: string, to: string): Promise<void> {
  if (!existsSync(from)) return
  await run('cp', ['-a', from, `${to}.moving`])
  await rename(`${to}.moving`, to)
  await rm(from, { recursive: true })
}
