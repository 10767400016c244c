// Measures the search as it is served: a whole import, two server processes on it, the judge over HTTP, 500 searches a
// second, one price changed under both, Redis killed in mid-load.
//   npm run bench -- search-live [--catalogue file.csv.gz] [--database URL of one already imported]
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { freePort } from '@janta/tools/free-port'
import { findRedis } from '@janta/tools/redis'
import pg from 'pg'
import { testDatabase } from '../apps/server/src/kernel/testing.ts'
import { importCatalogue } from '../apps/server/src/modules/catalogue/index.ts'
import { prepareIndex } from '../apps/server/src/modules/search/prepare-index.ts'
import { agent, ask, figures, load } from './search/asking.ts'
import { processorSeconds, residentKilobytes, timeEquivalents } from './search/measured.ts'

const { values: given } = parseArgs({
  options: {
    catalogue: { type: 'string' },
    database: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    rate: { type: 'string', default: '500' },
  },
})
const folder = process.env['JANTA_DATA']
const file = given.catalogue ?? (folder && join(folder, 'medicines-india-253973.csv.gz'))
if (!file || !existsSync(file)) {
  console.error('Give a catalogue to measure on: --catalogue <file.csv.gz>, or set JANTA_DATA.')
  process.exit(2)
}
const searchFolder = join(dirname(file), 'search')
const queries = readFileSync(join(searchFolder, 'search-dev.jsonl'), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => (JSON.parse(line) as { query: string }).query)
const say = (line: string) => process.stdout.write(`${line}\n`)
const keepingMs = 5_000
type Server = {
  url: string
  child: ChildProcess
  readyMs: number
  loadMs: number
  packs: number
  isKept: boolean
}
const started: ChildProcess[] = []

async function startServer(databaseUrl: string, redisUrl: string): Promise<Server> {
  const port = await freePort()
  const from = performance.now()
  const child = spawn(process.execPath, ['apps/server/src/main.ts', 'web'], {
    cwd: join(import.meta.dirname, '..'),
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

async function startRedis(): Promise<{ child: ChildProcess; url: string }> {
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

const search = (url: string, q: string, limit = 20) =>
  `${url}/medicines?limit=${limit}&q=${encodeURIComponent(q)}`
const asked = (url: string, i: number, limit: number) =>
  search(url, queries[i % queries.length]!, limit)
const pageSizes = { least: 8, count: 25 }
const warming = { rate: 200, seconds: 5, pageSize: 5 }
const pageSize = (i: number) => pageSizes.least + (Math.floor(i / queries.length) % pageSizes.count)

async function agree(servers: Server[], databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  // Unheard, a lost connection would end this process and leave the servers it started behind.
  client.on('error', error => say(`the measuring connection broke: ${error.message}`))
  await client.connect()
  const took: number[] = []
  for (let change = 0; change < 10; change++) {
    const { rows } = await client.query<{ id: string; name: string; price: number }>(
      `select pack.id, medicine.name, pack.price_paise::integer as price from catalogue.pack
       join catalogue.medicine on medicine.id = pack.medicine_id
       where pack.price_paise > 1000 order by pack.popularity desc offset $1 limit 1`,
      [change * 37],
    )
    const pack = rows[0]!
    await client.query('update catalogue.pack set price_paise = price_paise - 1 where id = $1', [
      pack.id,
    ])
    const from = performance.now()
    await Promise.all(
      servers.map(async ({ url }) => {
        for (;;) {
          const { body } = await ask(
            `${url}/medicines?limit=50&sort=price_low&q=${encodeURIComponent(pack.name)}`,
          )
          const items = (JSON.parse(body) as { items: { id: string; pricePaise: number | null }[] })
            .items
          const found = items.find(item => item.id === pack.id)
          if (!found || found.pricePaise === null || found.pricePaise === pack.price - 1) return
          assert.ok(performance.now() - from < 10_000, `${pack.name} keeps its old price`)
          await new Promise(resolve => setTimeout(resolve, 20))
        }
      }),
    )
    took.push(performance.now() - from)
  }
  await client.end()
  say(`both processes show a new price: p50 / p99 / max ${figures(took)} ms (allowed 2000)`)
}

const machine = cpus()[0]?.model ?? 'unknown processor'
say(
  `machine ${machine}, ${cpus().length} cores, ${(totalmem() / 1e9).toFixed(1)} GB, node ${process.version}, load ${loadavg()
    .map(one => one.toFixed(1))
    .join(' ')} (above ${cpus().length} the times below are not this program's)`,
)

let databaseUrl = given.database
const own = databaseUrl === undefined ? await testDatabase() : undefined
try {
  if (own) {
    const from = performance.now()
    const remarksPath = join(tmpdir(), 'search-live.remarks.csv')
    const report = await importCatalogue(own.database, { path: file, remarksPath })
    say(
      `imported ${report.packsAdded} packs in ${((performance.now() - from) / 1_000).toFixed(1)} s (asked 60)`,
    )
    // As the import command does at its end.
    const prepared = performance.now()
    await prepareIndex(own.database)
    say(`index kept for the next start in ${((performance.now() - prepared) / 1_000).toFixed(1)} s`)
    databaseUrl = own.appUrl
  }
  assert.ok(databaseUrl)
  const redis = await startRedis()
  const servers = [
    await startServer(databaseUrl, redis.url),
    await startServer(databaseUrl, redis.url),
  ]
  for (const [i, server] of servers.entries()) {
    say(
      `process ${i + 1}: ${server.packs} packs ${server.isKept ? 'restored from what was kept' : 'read whole'} and ready ${(server.readyMs / 1_000).toFixed(2)} s after start (asked 5) ` +
        `(${(server.loadMs / 1_000).toFixed(2)} s of it reading), ${(residentKilobytes(server.child.pid) / 1_000).toFixed(0)} MB resident`,
    )
  }
  const first = servers[0]!
  // The first process keeps its index beside answering; a task that starts later is restored from it.
  await new Promise(resolve => setTimeout(resolve, keepingMs))
  const later = await startServer(databaseUrl, redis.url)
  say(
    `a process started later: ${later.packs} packs ${later.isKept ? 'restored from what was kept' : 'read whole'}, ` +
      `ready ${(later.readyMs / 1_000).toFixed(2)} s after start (asked 5), ${(later.loadMs / 1_000).toFixed(2)} s of it the index`,
  )
  later.child.kill('SIGTERM')
  await once(later.child, 'exit')
  const judge = spawn(
    process.execPath,
    [
      join(searchFolder, 'score.mjs'),
      '--queries',
      join(searchFolder, 'search-dev.jsonl'),
      '--http',
      `${first.url}/medicines?q={q}&limit=10`,
      '--items',
      'items',
      '--misses',
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  )
  await once(judge, 'exit')

  const alone: number[] = []
  for (const q of queries) alone.push((await ask(search(first.url, q))).ms)
  say(
    `full search with facets, one at a time over HTTP: p50 / p99 / max ${figures(alone)} ms (asked p99 50)`,
  )
  const letters = queries.flatMap(q => [q.slice(0, 3), q.slice(0, 5)])
  const typing: number[] = []
  for (const q of letters)
    typing.push((await ask(`${first.url}/medicines/suggestions?q=${encodeURIComponent(q)}`)).ms)
  say(`autocomplete, one at a time over HTTP: p50 / p99 / max ${figures(typing)} ms (asked p99 20)`)
  const found = (
    JSON.parse((await ask(search(first.url, 'paracetamol'))).body) as { items: { id: string }[] }
  ).items
  const pages: number[] = []
  for (let i = 0; i < 100; i++)
    pages.push((await ask(`${first.url}/medicines/${found[i % found.length]!.id}`)).ms)
  say(`product page data: p50 / p99 / max ${figures(pages)} ms (asked p99 10)`)

  say(
    `equivalents of a pack, at the database: p50 / p99 / max ${figures(await timeEquivalents(databaseUrl))} ms (asked 5)`,
  )
  await agree(servers, databaseUrl)

  const rate = Number(given.rate)
  const seconds = Number(given.seconds)
  const sustained = async (what: string, address: (i: number) => string) => {
    const before = processorSeconds(first.child.pid)
    const loaded = await load(rate, seconds, address)
    const spentMs = (processorSeconds(first.child.pid) - before) * 1_000
    say(
      `${rate} searches a second for ${seconds} s at one process, ${what}: p50 / p99 / max ${figures(loaded.ms)} ms (asked p99 100), ` +
        `${loaded.failed} failed, done in ${(loaded.tookMs / 1_000).toFixed(1)} s; ${(spentMs / (rate * seconds)).toFixed(2)} ms of processor a search in the server`,
    )
  }
  // A process that just started still compiles what it runs: it is warmed by another page size, which no answer kept can serve later.
  await load(
    warming.rate,
    warming.seconds,
    i => `${search(first.url, queries[i % queries.length]!, warming.pageSize)}`,
  )
  // The same words with another page size are another question, so none of these is answered from what was kept.
  await sustained('every search another', i => asked(first.url, i, pageSize(i)))
  await sustained('the same words by many', i => asked(first.url, i, 20))

  const mixed = await load(
    100,
    8,
    i =>
      i % 2
        ? `${first.url}/medicines/${found[i % found.length]!.id}`
        : `${servers[1]!.url}/medicines/suggestions?q=${encodeURIComponent(queries[i % queries.length]!.slice(0, 5))}`,
    () => redis.child.kill('SIGKILL'),
  )
  say(`Redis killed in mid-load: p50 / p99 / max ${figures(mixed.ms)} ms, ${mixed.failed} failed`)
  assert.equal(mixed.failed, 0, 'a request failed because Redis did')
} finally {
  for (const child of started) if (child.exitCode === null) child.kill('SIGKILL')
  agent.destroy()
  await own?.close()
}
