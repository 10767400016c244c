import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { identityOf } from '../living-process.ts'
import type { ProcessIdentity } from '../living-process.ts'
import { Trouble } from '../trouble.ts'
import { endGroup, signalGroup, writeChildren } from './left-overs.ts'

/** A program to keep running. */
export interface Part {
  name: string
  args: string[]
  env: NodeJS.ProcessEnv
  /** Defaults to this very Node. */
  program?: string
  cwd?: string
  /** Asked until it says yes; a part without it is ready once it has started. */
  isReady?: () => Promise<boolean>
  readyMs?: number
  stopMs?: number
}

export interface Supervisor {
  /** Starts a part and waits until it is ready. Refuses with a `Trouble` holding its last words. */
  start(part: Part): Promise<void>
  /** Stops one part and leaves it stopped; nothing happens when there is none of that name. */
  end(name: string): Promise<void>
  /** Stops every part, the last started first. Safe to call twice. */
  stop(): Promise<void>
  /** Ends everything at once, without asking. */
  kill(): void
  /** Settles, with a `Trouble`, when a part keeps crashing. */
  broken: Promise<Trouble>
}

interface Running {
  part: Part
  child: ChildProcess
  identity: ProcessIdentity
  lastWords: string[]
  exited: Promise<string>
  isUnwanted: boolean
}

export interface SupervisorOptions {
  /** Where the living children are written down. */
  pidFile: string
  say: (name: string, line: string) => void
  backOffMs?: number
}

const readyMs = 60_000
const readyPollMs = 50
const stopMs = 15_000
const lastWordsMax = 30
const lastWordsMs = 300
const crashesMax = 5
const crashWindowMs = 60_000
const backOffMaxMs = 8_000

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const running = new Map<string, Running>()
  const order: string[] = []
  const crashes = new Map<string, number[]>()
  let isStopping = false
  let giveUp: (trouble: Trouble) => void
  const broken = new Promise<Trouble>(done => (giveUp = done))

  const writeDown = () => writeChildren(options.pidFile, namesOf(running))

  const launch = async (part: Part): Promise<Running> => {
    const one = await spawnPart(part, options.say)
    running.set(part.name, one)
    writeDown()
    void one.exited.then(async () => {
      if (running.get(part.name) !== one) return
      running.delete(part.name)
      // What a crashed part started itself must not outlive it.
      await endGroup(one.identity)
      writeDown()
    })
    await waitUntilReady(one)
    void one.exited.then(how => (isStopping || one.isUnwanted ? undefined : restart(part, how)))
    return one
  }

  const restart = async (part: Part, how: string): Promise<void> => {
    const now = Date.now()
    const recent = (crashes.get(part.name) ?? []).filter(at => now - at < crashWindowMs)
    crashes.set(part.name, [...recent, now])
    if (recent.length >= crashesMax) {
      giveUp(new Trouble(`${part.name} ${how} ${crashesMax + 1} times within a minute.`))
      return
    }
    const waitMs = Math.min((options.backOffMs ?? 250) * 2 ** recent.length, backOffMaxMs)
    options.say(part.name, `${how}; starting it again in ${waitMs} ms`)
    await pause(waitMs)
    if (isStopping) return
    try {
      await launch(part)
      options.say(part.name, 'is back')
    } catch (error) {
      if (!isStopping) await restart(part, (error as Error).message.split('\n')[0] ?? 'failed')
    }
  }

  return {
    broken,
    start: async part => {
      order.push(part.name)
      await launch(part)
    },
    end: async name => {
      const one = running.get(name)
      if (one) one.isUnwanted = true
      await stopPart(one)
    },
    stop: async () => {
      isStopping = true
      for (const name of order.toReversed()) await stopPart(running.get(name))
      writeDown()
    },
    kill: () => {
      isStopping = true
      for (const { identity } of running.values()) signalGroup(identity.pid, 'SIGKILL')
    },
  }
}

function namesOf(running: ReadonlyMap<string, Running>) {
  return [...running.values()].map(({ part, identity }) => ({ name: part.name, ...identity }))
}

/** Its last lines are said before the next part is asked to stop. */
async function stopPart(one: Running | undefined): Promise<void> {
  if (!one) return
  await endGroup(one.identity, one.part.stopMs ?? stopMs)
  await one.exited
}

async function spawnPart(part: Part, say: SupervisorOptions['say']): Promise<Running> {
  // A group of its own: Ctrl-C at the terminal reaches only us, and we stop the parts in order.
  const child = spawn(part.program ?? process.execPath, part.args, {
    cwd: part.cwd,
    env: part.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await new Promise<void>((done, fail) => {
    child.once('spawn', done)
    child.once('error', cause => fail(new Trouble(`${part.name}: ${cause.message}`, { cause })))
  })
  const identity = identityOf(child.pid ?? 0) ?? { pid: child.pid ?? 0, startedAt: 'gone' }
  const lastWords: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', line => {
      lastWords.push(line)
      if (lastWords.length > lastWordsMax) lastWords.shift()
      say(part.name, line)
    })
  }
  const exited = new Promise<string>(done => {
    child.once('exit', async (code, name) => {
      // The last lines may still be in the pipe, which a grandchild may hold open for ever.
      await Promise.race([once(child, 'close'), pause(lastWordsMs)])
      done(name ? `was ended by ${name}` : `ended with ${code}`)
    })
  })
  return { part, child, identity, lastWords, exited, isUnwanted: false }
}

async function waitUntilReady(one: Running): Promise<void> {
  const { part } = one
  let ended: string | undefined
  void one.exited.then(how => (ended = how))
  const deadline = Date.now() + (part.readyMs ?? readyMs)
  while (part.isReady) {
    if (await part.isReady().catch(() => false)) return
    if (ended !== undefined) {
      throw new Trouble(`${part.name} ${ended} before it was ready:\n${one.lastWords.join('\n')}`)
    }
    if (Date.now() > deadline) {
      await endGroup(one.identity)
      throw new Trouble(`${part.name} was not ready in time:\n${one.lastWords.join('\n')}`)
    }
    await pause(readyPollMs)
  }
}
