// Measures the search as it is served: a whole import, two server processes on it, the judge over HTTP with the
// catalogue still and changing underneath, 500 searches a second, one price changed under both, Redis killed in mid-load.
//   npm run bench -- search-live [--catalogue file.csv.gz] [--database URL of one already imported]
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { testDatabase } from '../apps/server/src/kernel/testing.ts'
import { importCatalogue } from '../apps/server/src/modules/catalogue/index.ts'
import { prepareIndex } from '../apps/server/src/modules/search/prepare-index.ts'
import { agent, ask, figures, load } from './search/asking.ts'
import { whileChanging } from './search/changing.ts'
import {
  processorSeconds,
  residentKilobytes,
  timeEquivalents,
  timePageData,
} from './search/measured.ts'
import { differentQuestions, readQueries } from './search/questions.ts'
import { endAll, type Server, startRedis, startServer, stopServer } from './search/serving.ts'

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
const rate = Number(given.rate)
const seconds = Number(given.seconds)
const warmingQuestions = 1_000
const warmingRate = 200
const pagesWarming = 200
const pagesAsked = 1_000
const changesPerSecond = 20
const keepingMs = 5_000
const say = (line: string) => process.stdout.write(`${line}\n`)

const queries = readQueries(searchFolder).map(query => query.query)
// No question of the run is asked twice, so neither an answer kept nor a word resolved before serves it.
const different = await differentQuestions(file, searchFolder, warmingQuestions + rate * seconds)
const search = (url: string, q: string) => `${url}/medicines?limit=20&q=${encodeURIComponent(q)}`
const suggest = (url: string, q: string) =>
  `${url}/medicines/suggestions?q=${encodeURIComponent(q)}`
const cycled = (i: number) => queries[i % queries.length]!

async function judge({ url }: Server): Promise<void> {
  const scored = spawn(
    process.execPath,
    [
      join(searchFolder, 'score.mjs'),
      '--queries',
      join(searchFolder, 'search-dev.jsonl'),
      '--http',
      `${url}/medicines?q={q}&limit=10`,
      '--items',
      'items',
      '--misses',
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  )
  const [code] = (await once(scored, 'exit')) as [number]
  assert.equal(code, 0, 'the judge did not finish')
}

async function oneAtATime(addresses: readonly string[]): Promise<number[]> {
  const took: number[] = []
  for (const address of addresses) {
    const { status, ms } = await ask(address)
    assert.equal(status, 200, address)
    took.push(ms)
  }
  return took
}

async function timeSearches({ url }: Server): Promise<void> {
  const full = await oneAtATime(queries.map(q => search(url, q)))
  say(`full search with facets, one at a time over HTTP: ${figures(full)} ms (asked p99 50)`)
  const letters = queries.flatMap(q => [q.slice(0, 3), q.slice(0, 5)])
  const typing = await oneAtATime(letters.map(q => suggest(url, q)))
  say(`autocomplete, one at a time over HTTP: ${figures(typing)} ms (asked p99 20)`)
}

async function idsOfPacks({ url }: Server, count: number): Promise<string[]> {
  const ids = new Set<string>()
  for (let at = 0; ids.size < count && at < different.length; at++) {
    const { body } = await ask(search(url, different[different.length - 1 - at]!))
    for (const { id } of (JSON.parse(body) as { items: { id: string }[] }).items) ids.add(id)
  }
  assert.ok(ids.size >= count, `${ids.size} packs were found, not ${count}`)
  return [...ids].slice(0, count)
}

async function timePages(fresh: Server, warm: Server, ids: readonly string[]): Promise<void> {
  const of = ({ url }: Server, some: readonly string[]) =>
    oneAtATime(some.map(id => `${url}/medicines/${id}`))
  const cold = await of(fresh, ids.slice(0, 100))
  say(`product page data, the first 100 a process answers: ${figures(cold)} ms`)
  await of(warm, ids.slice(0, pagesWarming))
  const pages = await of(warm, ids.slice(pagesWarming))
  say(`product page data over HTTP, ${pages.length} packs after that: ${figures(pages)} ms`)
}

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
          await wait(20)
        }
      }),
    )
    took.push(performance.now() - from)
  }
  await client.end()
  say(`both processes show a new price: ${figures(took)} ms (allowed 2000)`)
}

async function sustain(server: Server, what: string, question: (i: number) => string) {
  const before = processorSeconds(server.child.pid)
  const loaded = await load(rate, seconds, i => search(server.url, question(i)))
  const spentMs = (processorSeconds(server.child.pid) - before) * 1_000
  say(
    `${rate} searches a second for ${seconds} s at one process, ${what}: ${figures(loaded.ms)} ms (asked p99 100), ` +
      `${loaded.failed} failed, done in ${(loaded.tookMs / 1_000).toFixed(1)} s; ${(spentMs / (rate * seconds)).toFixed(2)} ms of processor a search in the server`,
  )
}

async function killRedis(servers: Server[], ids: readonly string[], kill: () => void) {
  const [one, other] = servers as [Server, Server]
  const mixed = await load(
    100,
    8,
    i =>
      i % 2
        ? `${one.url}/medicines/${ids[i % ids.length]!}`
        : suggest(other.url, cycled(i).slice(0, 5)),
    kill,
  )
  say(`Redis killed in mid-load: ${figures(mixed.ms)} ms, ${mixed.failed} failed`)
  assert.equal(mixed.failed, 0, 'a request failed because Redis did')
}

function told({ packs, isKept, readyMs, loadMs, child }: Server): string {
  const inSeconds = (ms: number) => (ms / 1_000).toFixed(2)
  return (
    `${packs} packs ${isKept ? 'restored from what was kept' : 'read whole'} and ready ${inSeconds(readyMs)} s after start (asked 5), ` +
    `${inSeconds(loadMs)} s of it the index, ${(residentKilobytes(child.pid) / 1_000).toFixed(0)} MB resident`
  )
}

const load3 = loadavg().map(one => one.toFixed(1))
say(
  `machine ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${(totalmem() / 1e9).toFixed(1)} GB, node ${process.version}, ` +
    `load ${load3.join(' ')} (above ${cpus().length} the times below are not this program's); times are p50 / p99 / max`,
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
  const first = await startServer(databaseUrl, redis.url)
  const second = await startServer(databaseUrl, redis.url)
  say(`process 1: ${told(first)}`)
  say(`process 2: ${told(second)}`)
  // The first process keeps its index beside answering; a task that starts later is restored from it.
  await wait(keepingMs)
  const later = await startServer(databaseUrl, redis.url)
  say(`a process started later: ${told(later)}`)
  await sustain(later, 'every question another, from the moment it is ready', i => different[i]!)
  await judge(first)
  await timeSearches(first)
  const ids = await idsOfPacks(first, pagesWarming + pagesAsked)
  await timePages(second, first, ids)
  await stopServer(later)
  const data = (await timePageData(databaseUrl, ids)).slice(pagesWarming)
  say(`product page data in one process, without the way to it: ${figures(data)} ms (asked p99 10)`)
  say(
    `equivalents of a pack, at the database: ${figures(await timeEquivalents(databaseUrl))} ms (asked 5)`,
  )
  await agree([first, second], databaseUrl)

  await load(warmingRate, warmingQuestions / warmingRate, i => search(first.url, different[i]!))
  await sustain(first, 'every question another', i => different[warmingQuestions + i]!)
  await sustain(first, 'the same words by many', cycled)

  const changed = await whileChanging(databaseUrl, changesPerSecond, async () => {
    await judge(first)
    await timeSearches(first)
    await sustain(first, 'every question another', i => different[warmingQuestions + i]!)
  })
  say(`all of the last three while ${changed.perSecond.toFixed(1)} prices a second were set`)
  await killRedis([first, second], ids, () => redis.child.kill('SIGKILL'))
} finally {
  endAll()
  agent.destroy()
  await own?.close()
}
