import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createFrontDoor } from '../front-door.ts'
import { projectDir } from '../project.ts'
import { createSupervisor } from '../supervisor/index.ts'
import type { Part } from '../supervisor/index.ts'
import { endLeftOvers } from '../supervisor/left-overs.ts'
import { runOnce } from '../supervisor/run-once.ts'
import { Trouble } from '../trouble.ts'
import { buildApp, buildDir } from './builds.ts'
import type { App } from './builds.ts'
import { readGiven, serverEnvironment } from './environment.ts'
import { keptPort, keptSecrets } from './kept.ts'
import type { PortName } from './kept.ts'
import { answers, storagePart, storageUrl } from './storage.ts'
import { tendPostgres } from './tended-postgres.ts'
import type { TendedPostgres } from './tended-postgres.ts'

export interface StackOptions {
  /** Where everything the stack keeps lives. */
  home: string
  durable: boolean
  /** Where to look for free ports first; 0: anywhere. */
  firstPort: number
  say: (name: string, line: string) => void
  /** Tests of the stack itself put small stand-ins here. */
  programs?: Programs
}

export interface Programs {
  server: string
  shop: string
  counterDir: string
  build: (app: App, say: (line: string) => void, signal: AbortSignal) => Promise<void>
}

export interface StackAddresses {
  publicUrl: string
  /** What the sample printed about its ready people, as it is. */
  sample: string
}

export interface Stack {
  start(): Promise<StackAddresses>
  /** Stops everything, also in the middle of a start. */
  stop(): Promise<void>
  kill(): void
  /** Settles when something keeps failing by itself. */
  broken: Promise<Trouble>
}

export const serverMain = path.join(projectDir, 'apps', 'server', 'src', 'main.ts')

const ownPrograms: Programs = {
  server: serverMain,
  shop: path.join(projectDir, 'apps', 'shop', 'start.ts'),
  counterDir: buildDir('counter'),
  build: buildApp,
}

const portTriesMax = 5

/** The whole pharmacy on one machine: database, files, server, worker, shop, counter, front door. */
export function createStack(options: StackOptions): Stack {
  const { home, say } = options
  const programs = options.programs ?? ownPrograms
  const pidFile = path.join(home, 'children.json')
  const supervisor = createSupervisor({ pidFile, say })
  const stopping = new AbortController()
  let giveUp: (trouble: Trouble) => void
  const broken = Promise.race([supervisor.broken, new Promise<Trouble>(done => (giveUp = done))])
  let postgres: TendedPostgres | undefined
  let frontDoor: FastifyInstance | undefined
  let starting: Promise<StackAddresses> | undefined

  const port = (name: PortName, step: number) => {
    const preferred = options.firstPort === 0 ? 0 : options.firstPort + step
    return keptPort(home, name, preferred, line => say(name, line))
  }
  const build = (app: App) => programs.build(app, line => say(app, line), stopping.signal)

  // A port can be lost between finding it free and binding it: then the next one is tried.
  const startOn = async (name: PortName, step: number, partFor: (port: number) => Part) => {
    for (let attempt = 1; ; attempt++) {
      stopping.signal.throwIfAborted()
      const number = await port(name, step)
      try {
        await supervisor.start(partFor(number))
        return number
      } catch (error) {
        const isTaken = (error as Error).message.includes('EADDRINUSE')
        if (!isTaken || attempt === portTriesMax) throw error
      }
    }
  }

  const bringDatabase = async (isGiven: boolean) => {
    if (isGiven) return process.env as { DATABASE_URL: string; DATABASE_OWNER_URL: string }
    postgres = await tendPostgres({
      home,
      durable: options.durable,
      preferredPort: options.firstPort === 0 ? 0 : options.firstPort + 40,
      say: line => say('postgres', line),
      onBroken: trouble => giveUp(trouble),
    })
    return postgres.urls
  }

  const bring = async (): Promise<StackAddresses> => {
    const given = readGiven(process.env)
    const secrets = keptSecrets(home)
    for (const name of await endLeftOvers(pidFile)) say(name, 'was left over and is ended')
    const frontPort = await port('front', 0)
    const publicUrl = `http://localhost:${frontPort}`
    const origins = [publicUrl, `http://127.0.0.1:${frontPort}`]
    const builds = Promise.all([build('shop'), build('counter')])
    // A failed build is reported where it is awaited.
    builds.catch(() => undefined)

    const [database, storage] = await allOrFirstFailure([
      bringDatabase(given.database),
      given.storage
        ? undefined
        : startOn('s3', 30, number => storagePart({ home, port: number, secrets, origins })),
    ])
    stopping.signal.throwIfAborted()
    const environment = (number: number) =>
      serverEnvironment({
        env: process.env,
        database,
        storageUrl: storage === undefined ? undefined : storageUrl(storage),
        secrets,
        publicUrl,
        port: number,
      })
    const errand = (name: string) =>
      runOnce({ name, args: [programs.server, name], env: environment(0), signal: stopping.signal })
    await errand('migrate')
    const sample = (await errand('sample')).at(-1) ?? ''
    const serverPort = await startOn('server', 10, number =>
      serverPart(programs.server, 'web', environment(number)),
    )
    await supervisor.start(serverPart(programs.server, 'worker', environment(0)))
    await builds
    const apiUrl = `http://127.0.0.1:${serverPort}`
    const shopPort = await startOn('shop', 20, number =>
      shopPart(programs.shop, number, apiUrl, publicUrl),
    )
    stopping.signal.throwIfAborted()
    const shopUrl = `http://127.0.0.1:${shopPort}`
    frontDoor = createFrontDoor({ apiUrl, shopUrl, counterDir: programs.counterDir })
    await frontDoor.listen({ host: '127.0.0.1', port: frontPort })
    return { publicUrl, sample }
  }

  return {
    broken,
    start: () => (starting = bring()),
    stop: async () => {
      stopping.abort()
      await supervisor.stop()
      // A start that was under way ends by itself now; its failure is not news.
      await starting?.catch(() => undefined)
      await frontDoor?.close()
      await supervisor.stop()
      await postgres?.stop()
    },
    kill: () => {
      supervisor.kill()
      postgres?.kill()
    },
  }
}

function serverPart(main: string, command: 'web' | 'worker', env: NodeJS.ProcessEnv): Part {
  const part: Part = { name: command, args: [main, command], env }
  if (command === 'worker') return part
  return { ...part, isReady: () => answers(`http://127.0.0.1:${env['PORT']}/health/ready`) }
}

function shopPart(main: string, port: number, apiUrl: string, publicUrl: string): Part {
  return {
    name: 'shop',
    args: [main],
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      API_URL: apiUrl,
      PUBLIC_URL: publicUrl,
    },
    isReady: () => answers(`http://127.0.0.1:${port}/health/live`),
  }
}

// Waits for both even when one fails, so that nothing is still starting when the stop begins.
async function allOrFirstFailure<A, B>(work: [A | Promise<A>, B | Promise<B>]): Promise<[A, B]> {
  await Promise.allSettled(work)
  return await Promise.all(work)
}
