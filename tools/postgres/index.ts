import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../free-port.ts'
import { takeLock } from '../lock.mjs'
import { isGoneWithin } from '../living-process.ts'
import { Trouble } from '../trouble.ts'
import { findBinaries } from './binaries.ts'
import { adviceFor } from './explain.ts'
import { adminName, createCluster, launchServer, prepareLog, wordsSince } from './launch.ts'
import { returnLease, takeLease } from './leases.ts'
import { dataDirsOf, findPlace, ownData } from './place.ts'
import type { Place, Strategy } from './place.ts'
import { ask, disownRecycledPid, findRunning, stopServer } from './running.ts'
import type { Running } from './running.ts'

export interface PostgresOptions {
  /** The cluster's home: its data, password, port and log. */
  dir: string
  /** False turns fsync off and lets a broken cluster be made anew: for tests only. */
  durable: boolean
  /** Where to look first for a free port; afterwards the port is remembered. 0: any. */
  preferredPort?: number
  /** Told what takes long or differs from what was asked, one sentence at a time. */
  say?: (sentence: string) => void
  strategies?: Strategy[]
  shelter?: string
}

export interface Postgres {
  /** The superuser's address, password included: never print it. */
  adminUrl: string
  port: number
  pid: number
  dataDir: string
  strategy: Strategy
  /** True when a server was already running on the data and was taken over as it is. */
  adopted: boolean
  isAlive(): boolean
  /** Gives the cluster back; the server stops when no other living process uses it. */
  stop(): Promise<void>
}

const lockWaitMs = 180_000
const adoptMs = 120_000
const attemptsMax = 20
const leavingPauseMs = 500
const pollMs = 50

/**
 * A real PostgreSQL 17 on `dir`: adopted when one runs there already, else started, recovering by
 * itself from a crash or `kill -9` with every committed row. Any number of processes may call this
 * at once for one folder: they share one server. Refuses with a `Trouble` that says what to do.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const home = await openHome(options.dir)
  const lock = await takeLock(`postgres ${home}`, { waitMs: lockWaitMs })
  if (!lock) throw new Trouble(`Another start of PostgreSQL in ${home} does not finish.`)
  try {
    return await startAlone({ ...options, dir: home })
  } finally {
    await lock.release()
  }
}

/** Stops whatever runs on `dir`, whoever uses it. For `reset`. */
export async function stopPostgres(options: Pick<PostgresOptions, 'dir' | 'shelter'>) {
  if (!existsSync(options.dir)) return
  const home = await realpath(options.dir)
  for (const dataDir of await dataDirsOf({ ...options, home })) {
    const running = findRunning(dataDir)
    if (running) await stopServer(running)
  }
}

/** Stops and deletes a cluster, wherever its data are. For `reset`. */
export async function deleteCluster(options: Pick<PostgresOptions, 'dir' | 'shelter'>) {
  if (!existsSync(options.dir)) return
  await stopPostgres(options)
  const home = await realpath(options.dir)
  for (const dataDir of await dataDirsOf({ ...options, home })) {
    await rm(dataDir, { recursive: true, force: true })
  }
  await rm(home, { recursive: true, force: true })
}

async function startAlone(options: PostgresOptions): Promise<Postgres> {
  const home = options.dir
  const password = await keptSecret(path.join(home, 'password'))
  const place = await findPlace({ ...options, home, binaries: findBinaries() })
  if (place.strategy === 'copy') {
    options.say?.(`PostgreSQL cannot reach ${home}: its data are in ${place.dataDir}`)
  }
  await ownData(place)
  const urlOn = (port: number) => `postgres://${adminName}:${password}@127.0.0.1:${port}/postgres`

  const adopted = await adopt(place, urlOn)
  const running = adopted ?? (await startFresh(options, place, urlOn, password))
  await takeLease(home)
  return {
    adminUrl: urlOn(running.port),
    port: running.port,
    pid: running.pid,
    dataDir: place.dataDir,
    strategy: place.strategy,
    adopted: adopted !== undefined,
    isAlive: () => findRunning(place.dataDir) !== undefined,
    stop: () => release(home, place),
  }
}

async function adopt(place: Place, urlOn: (port: number) => string) {
  const deadline = Date.now() + adoptMs
  for (;;) {
    const running = findRunning(place.dataDir)
    if (!running) return undefined
    const answer = running.port > 0 ? await ask(urlOn(running.port), place.dataDir) : 'not_yet'
    if (answer === 'ready') return running
    if (answer === 'leaving') await isGoneWithin(running, adoptMs)
    if (answer === 'wrong_password') {
      throw new Trouble(
        `The PostgreSQL running on ${place.dataDir} does not know our password. Put the password file back, or stop process ${running.pid} and run "npm run reset" to start anew.`,
      )
    }
    if (Date.now() > deadline) {
      throw new Trouble(
        `PostgreSQL (process ${running.pid}) runs on ${place.dataDir} but does not answer. Stop that process and start again.`,
      )
    }
    await pause(pollMs)
  }
}

async function startFresh(
  options: PostgresOptions,
  place: Place,
  urlOn: (port: number) => string,
  password: string,
): Promise<Running> {
  const { durable } = options
  if (!existsSync(place.dataDir)) {
    options.say?.('Creating the database files')
    await createCluster(place, password, durable)
  }
  const portFile = path.join(options.dir, 'port')
  const logFile = path.join(options.dir, 'postgres.log')
  const wanted = Number(await readFile(portFile, 'utf8').catch(() => options.preferredPort ?? 0))
  const logStart = prepareLog(logFile)
  let isRemade = false
  let port = await freePort(wanted)
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    if (wanted !== 0 && port !== wanted) {
      options.say?.(`Port ${wanted} is taken: PostgreSQL uses ${port}`)
    }
    disownRecycledPid(place.dataDir)
    const result = await launchServer({ place, port, durable, logFile, adminUrl: urlOn(port) })
    if (typeof result === 'object') {
      await writeFile(portFile, String(port))
      return result
    }
    if (result === 'port_taken') port = await freePort(port + 1)
    // The backends of a killed postmaster need a moment to notice.
    else if (result === 'still_leaving') await pause(leavingPauseMs)
    else if (!durable && !isRemade) {
      // Without fsync a power cut may break a test cluster; nothing in it is worth keeping.
      isRemade = true
      await rm(place.dataDir, { recursive: true })
      await createCluster(place, password, durable)
    } else {
      const log = existsSync(logFile) ? wordsSince(logFile, logStart) : ''
      throw new Trouble(adviceFor(result, place.dataDir, log))
    }
  }
  throw new Trouble(adviceFor('still_leaving', place.dataDir, ''))
}

async function release(home: string, place: Place): Promise<void> {
  const lock = await takeLock(`postgres ${home}`, { waitMs: lockWaitMs })
  try {
    const { othersRemain } = await returnLease(home)
    const running = findRunning(place.dataDir)
    if (running && !othersRemain) await stopServer(running)
  } finally {
    await lock?.release()
  }
}

async function openHome(dir: string): Promise<string> {
  try {
    await mkdir(dir, { recursive: true })
    // Others may pass through to a data folder of their own, but not list what is here.
    if (process.getuid?.() === 0) await chmod(dir, 0o711)
    return await realpath(dir)
  } catch (cause) {
    throw new Trouble(
      `The folder ${dir} cannot be written by you. Run the command as the owner of the project folder.`,
      { cause },
    )
  }
}

async function keptSecret(file: string): Promise<string> {
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim()
  const secret = randomBytes(24).toString('hex')
  await writeFile(file, secret, { mode: 0o600, flag: 'wx' })
  return secret
}
