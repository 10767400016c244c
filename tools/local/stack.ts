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
import { gatewayPart } from './gateway.ts'
import { gatewayUrl } from './gateway-settings.ts'
import { keptPort, keptSecrets } from './kept.ts'
import type { PortName } from './kept.ts'
import { findPrepared, preparationDigest, rememberPrepared } from './prepared.ts'
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
  /** Where somebody plays the bank; absent with a gateway given from outside. */
  bankUrl: string | undefined
  /** What the sample printed about its ready people, as it is. */
  sample: string
  /** What the server was started with, for a journey that calls its commands. */
  environment: NodeJS.ProcessEnv
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
  return new LocalStack(options)
}

class LocalStack implements Stack {
  readonly broken: Promise<Trouble>
  readonly #options: StackOptions
  readonly #programs: Programs
  readonly #pidFile: string
  readonly #supervisor: ReturnType<typeof createSupervisor>
  readonly #stopping = new AbortController()
  #giveUp: (trouble: Trouble) => void = () => undefined
  #postgres: TendedPostgres | undefined
  #frontDoor: FastifyInstance | undefined
  #starting: Promise<StackAddresses> | undefined
  /** What a start does beside the rest. */
  #beside: Promise<unknown>[] = []

  constructor(options: StackOptions) {
    this.#options = options
    this.#programs = options.programs ?? ownPrograms
    this.#pidFile = path.join(options.home, 'children.json')
    this.#supervisor = createSupervisor({ pidFile: this.#pidFile, say: options.say })
    const givenUp = new Promise<Trouble>(done => {
      this.#giveUp = done
    })
    this.broken = Promise.race([this.#supervisor.broken, givenUp])
  }

  start(): Promise<StackAddresses> {
    this.#starting = this.#bring()
    return this.#starting
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#supervisor.stop()
    // A start that was under way ends by itself now; its failure is not news.
    await this.#starting?.catch(() => undefined)
    await Promise.allSettled(this.#beside)
    await this.#frontDoor?.close()
    await this.#supervisor.stop()
    await this.#postgres?.stop()
  }

  kill(): void {
    this.#supervisor.kill()
    this.#postgres?.kill()
  }

  async #bring(): Promise<StackAddresses> {
    const { home, say } = this.#options
    for (const name of await endLeftOvers(this.#pidFile)) say(name, 'was left over and is ended')
    const frontPort = await this.#port('front', 0)
    const publicUrl = `http://localhost:${frontPort}`
    const expectedPort = await this.#port('server', 10)
    // The shop needs nobody until a page is asked for, so it starts beside the database and the server.
    const shop = this.#build('shop').then(() => this.#startShop(expectedPort, publicUrl))
    const counter = this.#build('counter')
    this.#beside = [shop, counter]
    // What fails here is reported where it is awaited.
    for (const work of this.#beside) work.catch(() => undefined)
    const { environment, bankUrl } = await this.#bringStores(
      frontPort,
      publicUrl,
      keptSecrets(home),
    )
    const sample = await this.#prepare(environment)
    const { server } = this.#programs
    const serverPort = await this.#startOn('server', 10, number =>
      serverPart(server, 'web', environment(number)),
    )
    let shopPort = await shop
    if (serverPort !== expectedPort) {
      await this.#supervisor.end('shop')
      shopPort = await this.#startShop(serverPort, publicUrl)
    }
    await counter
    await this.#openFrontDoor(frontPort, serverPort, shopPort)
    // Last, because no page waits for a job.
    await this.#supervisor.start(serverPart(server, 'worker', environment(0)))
    return { publicUrl, bankUrl, sample, environment: environment(0) }
  }

  /** Migrates and loads the sample, unless this server did so in this very database before. */
  async #prepare(environment: (port: number) => NodeJS.ProcessEnv): Promise<string> {
    const { home } = this.#options
    const database = this.#postgres?.identity
    const digest = database === undefined ? '' : preparationDigest()
    const before = database === undefined ? undefined : findPrepared(home, database, digest)
    if (before !== undefined) return before
    const sample = (await this.#runOnce('prepare', environment)).at(-1) ?? ''
    if (database !== undefined) rememberPrepared(home, { database, digest, sample })
    return sample
  }

  /** PostgreSQL, S3 and the payment gateway, ours or the ones given; answers the server's environment for a port. */
  async #bringStores(
    frontPort: number,
    publicUrl: string,
    secrets: ReturnType<typeof keptSecrets>,
  ) {
    const given = readGiven(process.env)
    const { home } = this.#options
    const origins = [publicUrl, `http://127.0.0.1:${frontPort}`]
    const [database, storage, gatewayPort] = await allOrFirstFailure([
      this.#bringDatabase(given.database),
      given.storage
        ? undefined
        : this.#startOn('s3', 30, number => storagePart({ home, port: number, secrets, origins })),
      given.gateway
        ? undefined
        : this.#startOn('gateway', 50, port => gatewayPart({ home, port, secrets, publicUrl })),
    ])
    this.#stopping.signal.throwIfAborted()
    const environment = (port: number) =>
      serverEnvironment({
        env: process.env,
        database,
        storageUrl: storage === undefined ? undefined : storageUrl(storage),
        gatewayPort,
        secrets,
        publicUrl,
        port,
      })
    return { environment, bankUrl: gatewayPort === undefined ? undefined : gatewayUrl(gatewayPort) }
  }

  async #bringDatabase(isGiven: boolean) {
    if (isGiven) return process.env as { DATABASE_URL: string; DATABASE_OWNER_URL: string }
    const { home, durable, firstPort, say } = this.#options
    this.#postgres = await tendPostgres({
      home,
      durable,
      preferredPort: firstPort === 0 ? 0 : firstPort + 40,
      say: line => say('postgres', line),
      onBroken: trouble => this.#giveUp(trouble),
    })
    return this.#postgres.urls
  }

  #startShop(serverPort: number, publicUrl: string): Promise<number> {
    const { shop } = this.#programs
    const apiUrl = `http://127.0.0.1:${serverPort}`
    return this.#startOn('shop', 20, number => shopPart(shop, number, apiUrl, publicUrl))
  }

  async #openFrontDoor(port: number, serverPort: number, shopPort: number): Promise<void> {
    this.#stopping.signal.throwIfAborted()
    const { counterDir } = this.#programs
    this.#frontDoor = createFrontDoor({
      apiUrl: `http://127.0.0.1:${serverPort}`,
      shopUrl: `http://127.0.0.1:${shopPort}`,
      counterDir,
    })
    await this.#frontDoor.listen({ host: '127.0.0.1', port })
  }

  #runOnce(name: string, environment: (port: number) => NodeJS.ProcessEnv): Promise<string[]> {
    const { signal } = this.#stopping
    return runOnce({ name, args: [this.#programs.server, name], env: environment(0), signal })
  }

  #build(app: App): Promise<void> {
    const { say } = this.#options
    return this.#programs.build(app, line => say(app, line), this.#stopping.signal)
  }

  #port(name: PortName, step: number): Promise<number> {
    const { home, firstPort, say } = this.#options
    return keptPort(home, name, firstPort === 0 ? 0 : firstPort + step, line => say(name, line))
  }

  /** A port can be lost between finding it free and binding it: then the next one is tried. */
  async #startOn(name: PortName, step: number, partFor: (port: number) => Part): Promise<number> {
    for (let attempt = 1; ; attempt++) {
      this.#stopping.signal.throwIfAborted()
      const number = await this.#port(name, step)
      try {
        await this.#supervisor.start(partFor(number))
        return number
      } catch (error) {
        const isTaken = (error as Error).message.includes('EADDRINUSE')
        if (!isTaken || attempt === portTriesMax) throw error
      }
    }
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

// Waits for all even when one fails, so that nothing is still starting when the stop begins.
async function allOrFirstFailure<T extends unknown[]>(
  work: {
    [K in keyof T]: T[K] | Promise<T[K]>
  },
): Promise<T> {
  await Promise.allSettled(work)
  return (await Promise.all(work)) as T
}
