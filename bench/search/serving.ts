import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '@janta/tools/free-port'
import { findRedis } from '@janta/tools/redis'

/** A server process that has read the catalogue, and how long that took. */
export interface Server {
  readonly url: string
  readonly child: ChildProcess
  readonly readyMs: number
  readonly loadMs: number
  readonly packs: number
  readonly isKept: boolean
}

const started: ChildProcess[] = []

/** Ends whatever was started here and still runs. */
export function endAll(): void {
  for (const child of started) if (child.exitCode === null) child.kill('SIGKILL')
}

export async function startServer(databaseUrl: string, redisUrl: string): Promise<Server> {
  const port = await freePort()
  const from = performance.now()
  const child = spawn(process.execPath, ['apps/server/src/main.ts', 'web'], {
    cwd: join(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      JANTA_MODE: 'test',
      PORT: String(port),
      HOST: '127.0.0.1',
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      S3_BUCKET: 'janta-bench',
      S3_ENDPOINT: 'http://127.0.0.1:9',
      S3_ACCESS_KEY_ID: 'bench',
      S3_SECRET_ACCESS_KEY: 'bench-secret',
      SECRET_KEY: 'the secret key of the measurements, long enough',
      LOG_LEVEL: 'info',
    },
  })
  started.push(child)
  for await (const line of createInterface({ input: child.stdout! })) {
    if (!line.includes('the search has read the catalogue')) continue
    type Line = { durationMs: number; count: number }
    const { durationMs: ms, count: packs } = JSON.parse(line) as Line
    child.stdout!.resume()
    return {
      url: `http://127.0.0.1:${port}/api/v1`,
      child,
      readyMs: performance.now() - from,
      loadMs: ms,
      packs,
      isKept: line.includes('another process kept'),
    }
  }
  throw new Error('the server ended before it had read the catalogue')
}

export async function stopServer({ child }: Server): Promise<void> {
  child.kill('SIGTERM')
  await once(child, 'exit')
}

export async function startRedis(): Promise<{ child: ChildProcess; url: string }> {
  const port = await freePort()
  const child = spawn(
    await findRedis(),
    ['--port', String(port), '--bind', '127.0.0.1', '--save', ''],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  started.push(child)
  let said = ''
  for await (const part of child.stdout!) {
    said += String(part)
    if (/ready to accept connections/i.test(said)) break
  }
  return { child, url: `redis://127.0.0.1:${port}` }
}
