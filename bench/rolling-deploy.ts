/**
 * Replaces every task under load and counts what fails: `npm run bench -- rolling-deploy`. Two
 * servers behind HAProxy, which like the load balancer asks for readiness and never repeats a
 * request; new tasks start before old ones are told to stop. Asks for at least 5,000 answers,
 * reads and writes, over two rolling restarts; one failure fails it.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { aptInstall, mayUseApt, onPath } from '@janta/tools/found-program'
import { freePort } from '@janta/tools/free-port'
import { bootstrapDatabase } from '@janta/tools/postgres/bootstrap'
import { startPostgres } from '@janta/tools/postgres/index'
import { api, urlOf } from '../packages/contracts/src/index.ts'

const requestsLeast = 5_000
const restartsLeast = 2
const secondsMax = 150
const browsers = 6
const readyMsMax = 60_000
const main = path.join(import.meta.dirname, '../apps/server/src/main.ts')
const say = (line: string) => process.stdout.write(`${line}\n`)

const counted = { answers: 0, writes: 0, failures: new Map<string, number>(), slowestMs: 0 }
let isOver = false

/** One customer on one kept connection: searches, opens, puts something into the cart. */
async function browse(port: number, medicineId: string): Promise<void> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  let cookie = ''
  const ask = async (method: string, target: string, body?: unknown) => {
    const startedAt = performance.now()
    const said = await send({ agent, port, method, target, cookie, body })
    counted.answers++
    counted.slowestMs = Math.max(counted.slowestMs, performance.now() - startedAt)
    if (said.cookie) cookie = said.cookie
    if (said.outcome !== 200) {
      const what = `${method} ${String(said.outcome)}`
      counted.failures.set(what, (counted.failures.get(what) ?? 0) + 1)
    }
  }
  const cartLine = urlOf(api.putCartLine, { params: { medicineId } }, '')
  for (let round = 0; !isOver; round++) {
    await ask('GET', urlOf(api.searchMedicines, { query: { limit: 5 } }, ''))
    await ask('GET', urlOf(api.getCart, {}, ''))
    await ask('PUT', cartLine, { quantity: 1 + (round % 3) })
    counted.writes++
  }
  agent.destroy()
}

interface Sent {
  readonly agent: http.Agent
  readonly port: number
  readonly method: string
  readonly target: string
  readonly cookie: string
  readonly body: unknown
}

function send({ agent, port, method, target, cookie, body }: Sent) {
  return new Promise<{ outcome: number | string; cookie?: string }>(done => {
    const content = body === undefined ? undefined : JSON.stringify(body)
    const headers = {
      ...(cookie && { cookie }),
      ...(content && { 'content-type': 'application/json', 'content-length': content.length }),
    }
    const options = { agent, host: '127.0.0.1', port, method, path: target, headers }
    const request = http.request(options, answer => {
      answer.resume()
      answer.once('end', () => {
        const [given] = answer.headers['set-cookie'] ?? []
        const [pair] = given?.split(';') ?? []
        done({ outcome: answer.statusCode ?? 0, ...(pair && { cookie: pair }) })
      })
      answer.once('error', error => done({ outcome: error.message }))
    })
    request.once('error', error => done({ outcome: error.message }))
    request.end(content)
  })
}

interface Task {
  readonly child: ChildProcess
  readonly port: number
}

async function startTask(env: NodeJS.ProcessEnv, port: number): Promise<Task> {
  const child = spawn(process.execPath, [main, 'web'], {
    env: { ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const deadline = performance.now() + readyMsMax
  for (;;) {
    const isReady = await fetch(`http://127.0.0.1:${port}/health/ready`).then(
      answer => answer.ok,
      () => false,
    )
    if (isReady) return { child, port }
    if (child.exitCode !== null || performance.now() > deadline) {
      throw new Error('a server did not become ready')
    }
    await pause(100)
  }
}

/** Tells a task to stop and waits until it drained; its exit code must say so. */
async function stopTask({ child }: Task): Promise<void> {
  const ended = new Promise<number | null>(done => child.once('exit', done))
  child.kill('SIGTERM')
  const code = await ended
  if (code !== 0) throw new Error(`a task ended with ${code}`)
}

const proxyText = (port: number, ports: readonly number[]) => `
defaults
  mode http
  timeout connect 1s
  timeout client 60s
  timeout server 30s
  retries 0
frontend door
  bind 127.0.0.1:${port}
  default_backend tasks
backend tasks
  option httpchk GET /health/ready
${ports.map((one, at) => `  server task${at} 127.0.0.1:${one} check inter 500ms fall 2 rise 1`).join('\n')}
`

async function findHaproxy(): Promise<string> {
  if (!onPath(['haproxy']) && mayUseApt()) await aptInstall('haproxy')
  const found = onPath(['haproxy', '/usr/sbin/haproxy'])
  if (!found) throw new Error('This needs haproxy. Install the package "haproxy".')
  return found
}

async function prepare(adminUrl: string) {
  const database = await bootstrapDatabase(adminUrl, 'rolling')
  const env = {
    PATH: process.env['PATH'],
    ...database,
    // The sample is not loaded in production; the tasks themselves run as there.
    JANTA_MODE: 'local',
    PUBLIC_URL: 'http://localhost',
    HOST: '127.0.0.1',
    S3_BUCKET: 'janta-rolling',
    SECRET_KEY: 'a key for one trial of a rolling deploy, not used elsewhere',
    LOG_LEVEL: 'warn',
  }
  for (const command of ['migrate', 'sample']) {
    const child = spawn(process.execPath, [main, command], { env, stdio: 'ignore' })
    const code = await new Promise(done => child.once('exit', done))
    if (code !== 0) throw new Error(`${command} ended with ${String(code)}`)
  }
  return { ...env, JANTA_MODE: 'production', PUBLIC_URL: 'https://janta.example.in' }
}

async function firstOpenMedicine(port: number): Promise<string> {
  const found = urlOf(api.searchMedicines, { query: { limit: 50 } }, '')
  const answer = await fetch(`http://127.0.0.1:${port}${found}`)
  const { items } = (await answer.json()) as {
    items: { id: string; decision: string; availablePacks: number }[]
  }
  const open = items.find(one => one.decision === 'open' && one.availablePacks > 5)
  if (!open) throw new Error('the sample shelf holds nothing that may be ordered')
  return open.id
}

const folder = await mkdtemp(path.join(tmpdir(), 'janta-rolling-'))
const haproxy = await findHaproxy()
const postgres = await startPostgres({ dir: path.join(folder, 'postgres'), durable: false })
const running = new Set<ChildProcess>()
try {
  const env = await prepare(postgres.adminUrl)
  const ports = [await freePort(), await freePort(), await freePort()]
  const door = await freePort()
  const settings = path.join(folder, 'haproxy.cfg')
  await writeFile(settings, proxyText(door, ports))
  const start = async (port: number) => {
    const task = await startTask(env, port)
    running.add(task.child)
    return task
  }
  let tasks = [await start(ports[0]!), await start(ports[1]!)]
  const proxy = spawn(haproxy, ['-f', settings, '-db'], { stdio: ['ignore', 'ignore', 'inherit'] })
  running.add(proxy)
  await pause(1_500)
  const medicineId = await firstOpenMedicine(door)
  const startedAt = performance.now()
  const visits = Array.from({ length: browsers }, () => browse(door, medicineId))
  let restarts = 0
  let spare = ports[2]!
  const isEnough = () => counted.answers >= requestsLeast && restarts >= restartsLeast
  while (!isEnough() && performance.now() - startedAt < secondsMax * 1_000) {
    for (const old of tasks) {
      const fresh = await start(spare)
      // The balancer sees the new task before the old one is told to stop, as ECS has it.
      await pause(1_000)
      await stopTask(old)
      running.delete(old.child)
      spare = old.port
      tasks = [...tasks.filter(one => one !== old), fresh]
    }
    restarts++
  }
  isOver = true
  await Promise.all(visits)
  const failed = [...counted.failures.values()].reduce((sum, one) => sum + one, 0)
  const seconds = (performance.now() - startedAt) / 1_000
  say(
    `${counted.answers} requests, ${counted.writes} of them writes, in ${seconds.toFixed(0)} s over ${restarts} rolling restarts of 2 tasks: ${failed} failed; slowest ${counted.slowestMs.toFixed(0)} ms`,
  )
  for (const [what, times] of counted.failures) say(`  ${times} x ${what}`)
  if (failed > 0 || !isEnough()) process.exitCode = 1
} finally {
  isOver = true
  for (const child of running) child.kill('SIGKILL')
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}
