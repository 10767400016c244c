/**
 * Runs a prepared server image as production does, on this machine: `node tools/images/prove.ts OUT`.
 * Its own root that cannot be written, user 10001, a /tmp; migrates an empty database, serves until
 * ready, answers what customers and the operator ask first, drains on SIGTERM. Needs root, for the
 * mounts, and an image of this machine's architecture.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from '../free-port.ts'
import { bootstrapDatabase } from '../postgres/bootstrap.ts'
import { testPostgres } from '../test-database.ts'
import { Trouble } from '../trouble.ts'
import { bundleName } from './bundle.ts'
import { userId } from './recipe.ts'

/** From the start of the process to its first "ready". */
const readyMsMax = 2_000
const waitMsMax = 60_000

/** Data out of a room, the status anybody may see, the page of the API: code that only runs when asked. */
const asked = ['/api/v1/medicines?q=para&limit=1', '/api/status', '/api/openapi.json']
const pollMs = 10

export interface Proof {
  readonly migrateMs: number
  readonly readyMs: number
  readonly stopMs: number
}

const inside = `
set -e
mount --bind "$ROOT" "$ROOT"
mount -t tmpfs -o size=64m tmpfs "$ROOT/tmp"
mount -t proc proc "$ROOT/proc"
mount --rbind /dev "$ROOT/dev"
mount -o remount,ro,bind "$ROOT"
exec chroot --userspec=${userId}:${userId} "$ROOT" /usr/local/bin/node "$@"
`

/** Starts the image's entrypoint in namespaces of its own, with exactly this environment. */
function start(root: string, command: string, env: Record<string, string>): ChildProcess {
  const program = [`/app/apps/server/src/${bundleName}`, command]
  const args = ['--mount', '--propagation', 'private', 'sh', '-c', inside, 'sh', ...program]
  return spawn('unshare', args, {
    env: { ...env, ROOT: root, PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}

const exitOf = (child: ChildProcess) =>
  new Promise<number>(done =>
    child.once('exit', (code, signal) => done(code ?? (signal ? 128 : 1))),
  )

/** Migrates, serves and stops once; refuses when a step fails. */
export async function proveImage(root: string): Promise<Proof> {
  const { adminUrl } = await testPostgres()
  const database = `image_${process.pid}`
  const port = await freePort()
  const env = {
    ...(await bootstrapDatabase(adminUrl, database)),
    JANTA_MODE: 'production',
    PUBLIC_URL: 'https://janta.example.in',
    S3_BUCKET: 'janta-image-proof',
    SECRET_KEY: 'a key for one proof of an image, never used elsewhere',
    HOST: '127.0.0.1',
    PORT: String(port),
  }
  try {
    const migrateStart = performance.now()
    const code = await exitOf(start(root, 'migrate', env))
    if (code !== 0) throw new Trouble(`The image's migrate ended with ${code}.`)
    const migrateMs = performance.now() - migrateStart
    const { DATABASE_OWNER_URL: _, ...webEnv } = env
    return { migrateMs, ...(await proveWeb(root, webEnv, port)) }
  } finally {
    const admin = new pg.Client({ connectionString: adminUrl })
    await admin.connect()
    await admin.query(`drop database ${pg.escapeIdentifier(database)} with (force)`)
    await admin.end()
  }
}

async function proveWeb(root: string, env: Record<string, string>, port: number) {
  const startedAt = performance.now()
  const web = start(root, 'web', env)
  const ended = exitOf(web)
  await readyWithin(`http://127.0.0.1:${port}/health/ready`, ended)
  const readyMs = performance.now() - startedAt
  for (const place of asked) {
    const { status } = await fetch(`http://127.0.0.1:${port}${place}`)
    if (status !== 200) throw new Trouble(`The image answers ${place} with ${status}.`)
  }
  const stoppedAt = performance.now()
  web.kill('SIGTERM')
  const code = await ended
  if (code !== 0) throw new Trouble(`The image's web did not drain: it ended with ${code}.`)
  return { readyMs, stopMs: performance.now() - stoppedAt }
}

async function readyWithin(url: string, ended: Promise<number>): Promise<void> {
  let code: number | undefined
  void ended.then(given => (code = given))
  const deadline = performance.now() + waitMsMax
  while (performance.now() < deadline) {
    if (code !== undefined) throw new Trouble(`The image's web ended with ${code}.`)
    const isReady = await fetch(url).then(
      answer => answer.ok,
      () => false,
    )
    if (isReady) return
    await pause(pollMs)
  }
  throw new Trouble(`The image was not ready within ${waitMsMax} ms.`)
}

if (import.meta.main) {
  const proof = await proveImage(path.resolve(process.argv[2] ?? '', 'root'))
  for (const [name, ms] of Object.entries(proof)) process.stdout.write(`${name} ${ms.toFixed(0)}\n`)
  if (proof.readyMs > readyMsMax) {
    process.stdout.write(`ready took over ${readyMsMax} ms\n`)
    process.exitCode = 1
  }
}
