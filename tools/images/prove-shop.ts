/**
 * Runs a prepared shop image as production does, on this machine, before a real API of this repository:
 * `node tools/images/prove-shop.ts OUT`. Its own root that cannot be written, user 10001, a /tmp; serves
 * until ready, shows the pages customers see first in both languages with what they load, and drains on
 * SIGTERM. Needs root, for the mounts, and of an image for another machine its emulator (qemu-user-static).
 */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { freePort } from '../free-port.ts'
import { projectDir } from '../project.ts'
import { Trouble } from '../trouble.ts'
import { exitOf, readyWithin, report, startInImage, stopped } from './in-image.ts'
import { withProofDatabase } from './proof-database.ts'

/** From the start of the process to its first page. */
const readyMsMax = 2_000

/** Pages that ask the API before they are written, and the language each says it is in. */
const pages = [
  ['/', 'en'],
  ['/hi', 'hi'],
  ['/search?q=para', 'en'],
  ['/hi/search?q=para', 'hi'],
] as const

export interface ShopProof extends Record<string, number> {
  readonly readyMs: number
  readonly stopMs: number
  /** Scripts and styles that the pages load, and that came. */
  readonly filesSeen: number
}

/** Serves the pages once before a real API and stops; refuses when a step fails. */
export async function proveShop(root: string): Promise<ShopProof> {
  const apiPort = await freePort()
  return withProofDatabase(apiPort, async env => {
    const migrated = await exitOf(api('migrate', env))
    if (migrated !== 0) throw new Trouble(`The API's migrate ended with ${migrated}.`)
    const { DATABASE_OWNER_URL: _, ...webEnv } = env
    const server = api('web', webEnv)
    const ended = exitOf(server)
    const apiUrl = `http://127.0.0.1:${apiPort}`
    try {
      await readyWithin(`${apiUrl}/health/ready`, ended)
      return await prove(root, apiUrl)
    } finally {
      server.kill('SIGTERM')
      await ended
    }
  })
}

function api(command: string, env: Record<string, string>) {
  const main = path.join(projectDir, 'apps/server/src/main.ts')
  return spawn(process.execPath, [main, command], {
    env: { ...env, PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

async function prove(root: string, apiUrl: string): Promise<ShopProof> {
  const port = await freePort()
  const startedAt = performance.now()
  const shop = startInImage(root, ['/app/apps/shop/start.ts'], {
    NODE_ENV: 'production',
    API_URL: apiUrl,
    PUBLIC_URL: 'https://janta.example.in',
    HOST: '127.0.0.1',
    PORT: String(port),
  })
  const ended = exitOf(shop)
  const url = `http://127.0.0.1:${port}`
  try {
    await readyWithin(`${url}/health/live`, ended)
    await readyWithin(url, ended)
    const readyMs = performance.now() - startedAt
    const files = new Set<string>()
    for (const [place, language] of pages) {
      for (const file of await filesOf(url, place, language)) files.add(file)
    }
    if (files.size === 0) throw new Trouble('The pages of the image load no script and no style.')
    for (const file of files) await assertServed(url, file)
    return { readyMs, stopMs: await stopped(shop, ended), filesSeen: files.size }
  } finally {
    shop.kill('SIGTERM')
  }
}

/** Asserts that a page came whole and in its language; answers the addresses of what it loads. */
async function filesOf(url: string, place: string, language: string): Promise<string[]> {
  const answer = await fetch(`${url}${place}`)
  const html = await answer.text()
  if (answer.status !== 200) throw new Trouble(`The image answers ${place} with ${answer.status}.`)
  if (!html.includes(`lang="${language}"`) || !html.includes('</html>')) {
    throw new Trouble(`The page ${place} of the image is not whole, or not in its language.`)
  }
  const base = new URL(place, url)
  return [...html.matchAll(/(?:href|src)="([^"]*_app\/immutable\/[^"]+)"/g)].map(
    ([, file = '']) => new URL(file, base).pathname,
  )
}

async function assertServed(url: string, file: string): Promise<void> {
  const { status } = await fetch(`${url}${file}`)
  if (status !== 200) throw new Trouble(`The image answers its own ${file} with ${status}.`)
}

if (import.meta.main) {
  const root = path.resolve(process.argv[2] ?? '', 'root')
  report(root, await proveShop(root), readyMsMax)
}
