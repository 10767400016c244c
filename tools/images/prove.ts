/**
 * Runs a prepared server image as production does, on this machine: `node tools/images/prove.ts OUT`.
 * Its own root that cannot be written, user 10001, a /tmp; migrates an empty database, serves until
 * ready, answers what customers and the operator ask first, drains on SIGTERM. Needs root, for the
 * mounts, and of an image for another machine its emulator (qemu-user-static).
 */
import path from 'node:path'
import { freePort } from '../free-port.ts'
import { Trouble } from '../trouble.ts'
import { bundleName } from './bundle.ts'
import { exitOf, readyWithin, report, startInImage, stopped } from './in-image.ts'
import { withProofDatabase } from './proof-database.ts'

/** From the start of the process to its first "ready". */
const readyMsMax = 2_000

/** Data out of a room, the status anybody may see, the page of the API: code that only runs when asked. */
const asked = ['/api/v1/medicines?q=para&limit=1', '/api/status', '/api/openapi.json']

export interface Proof extends Record<string, number> {
  readonly migrateMs: number
  readonly readyMs: number
  readonly stopMs: number
}

const start = (root: string, command: string, env: Record<string, string>) =>
  startInImage(root, [`/app/apps/server/src/${bundleName}`, command], env)

/** Migrates, serves and stops once; refuses when a step fails. */
export async function proveImage(root: string): Promise<Proof> {
  const port = await freePort()
  return withProofDatabase(port, async env => {
    const migrateStart = performance.now()
    const code = await exitOf(start(root, 'migrate', env))
    if (code !== 0) throw new Trouble(`The image's migrate ended with ${code}.`)
    const migrateMs = performance.now() - migrateStart
    const { DATABASE_OWNER_URL: _, ...webEnv } = env
    return { migrateMs, ...(await proveWeb(root, webEnv, port)) }
  })
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
  return { readyMs, stopMs: await stopped(web, ended) }
}

if (import.meta.main) {
  const root = path.resolve(process.argv[2] ?? '', 'root')
  report(root, await proveImage(root), readyMsMax)
}
