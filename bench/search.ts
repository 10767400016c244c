// Scores and times the medicine search at full size. Needs a catalogue file, which is not in the
// repository: --catalogue <csv or csv.gz>, or the folder JANTA_DATA with the data set in it.
//   node bench/search.ts [--catalogue file] [--queries file] [--misses]
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { buildMedicineIndex } from '../apps/server/src/modules/search/build-medicine-index.ts'
import { MedicineSearch } from '../apps/server/src/modules/search/medicines.ts'
import type { SearchRow } from '../apps/server/src/modules/search/rows.ts'
import { csvRows, readCatalogue } from './search/catalogue-rows.ts'
import { type CatalogueRow, type HeldOutQuery, heldOutQueries } from './search-held-out.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const { values: given } = parseArgs({
  options: {
    catalogue: { type: 'string' },
    queries: { type: 'string' },
    misses: { type: 'boolean', default: false },
    seed: { type: 'string', default: '20261122' },
  },
})
const dataFolder = process.env['JANTA_DATA']
const catalogueFile =
  given.catalogue ?? (dataFolder && join(dataFolder, 'medicines-india-253973.csv.gz'))
if (!catalogueFile || !existsSync(catalogueFile)) {
  console.error(
    'There is no catalogue to measure on. Give one: node bench/search.ts --catalogue <file.csv.gz>, or set JANTA_DATA to the folder that has it.',
  )
  process.exit(2)
}

type Judge = {
  relevant: (query: HeldOutQuery, product: { name: string; composition: string }) => boolean
  toks: (name: string) => string[]
}
const searchFolder = join(dirname(catalogueFile), 'search')

function asSearchRow(row: CatalogueRow): SearchRow {
  const id = Number(row['id'])
  const mrpPaise = row['mrp'] ? Math.round(Number(row['mrp']) * 100) : null
  return {
    // Ids as the database has them, so that memory is measured as it will be.
    id: `00000000-0000-7000-8000-${String(id).padStart(12, '0')}`,
    name: row['name'] ?? '',
    brand: row['family'] ?? '',
    manufacturer: row['manufacturer'] ?? '',
    form: row['form'] ?? '',
    strengths: row['strengths'] ?? '',
    composition: row['composition'] ?? '',
    packLabel: row['pack'] ?? '',
    baseUnit: 'tablet',
    unitsPerPack: 10,
    category: null,
    isSample: false,
    medicineId: id,
    drugId: 0,
    mark: 0,
    pricePaise: mrpPaise,
    mrpPaise,
    popularity: Number(row['popularity'] ?? 0),
    decision: id % 3 === 0 ? 'prescription' : 'open',
    availablePacks: id % 10,
    isDiscontinued: row['discontinued'] === '1',
  }
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
const used = () => {
  collect()
  collect()
  const memory = process.memoryUsage()
  return memory.heapUsed + memory.arrayBuffers
}
const percentile = (list: number[], p: number) =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.ceil(p * list.length) - 1)] ?? 0

async function build(file: string): Promise<{ search: MedicineSearch; rows: CatalogueRow[] }> {
  const text = readCatalogue(file)
  const cpu = cpus()[0]?.model ?? 'unknown processor'
  console.log(
    `machine ${cpu}, ${cpus().length} cores, ${megabytes(totalmem())}, node ${process.version}`,
  )
  let parse = performance.now()
  let rowCount = 0
  for (const row of csvRows(text)) rowCount += asSearchRow(row).id.length > 0 ? 1 : 0
  parse = performance.now() - parse
  const before = used()
  const started = performance.now()
  const startedCpu = process.cpuUsage()
  const index = await buildMedicineIndex(eachRow(text))
  const took = performance.now() - started - parse
  const spent = process.cpuUsage(startedCpu)
  const search = new MedicineSearch(index)
  for (const warm of ['paracetamol', 'a', 'azithromicin 500'])
    search.search(warm, { withFacets: true })
  const after = used()
  assert(text.length > 0)
  console.log(
    `${index.count} medicines of ${rowCount}, ${index.brands.count} brands, ${index.lexicon.count} words`,
  )
  console.log(
    `index built in ${(took / 1000).toFixed(2)} s besides reading the file (${((spent.user + spent.system) / 1e6).toFixed(2)} s of processor with it); search memory ${megabytes(after - before)} (asked 120)`,
  )
  return { search, rows: [...csvRows(text)] }
}

function* eachRow(text: string): Generator<SearchRow> {
  for (const row of csvRows(text)) yield asSearchRow(row)
}

type Score = { n: number; first: number; five: number; rank: number }

function score(
  title: string,
  queries: HeldOutQuery[],
  search: MedicineSearch,
  byId: Map<string, CatalogueRow>,
  judge: Judge,
): void {
  const totals = new Map<string, Score>()
  const misses: string[] = []
  for (const query of queries) {
    const result = search.search(query.query, { limit: 10, withFacets: true })
    const products = result.hits.map(hit => {
      const row = byId.get(String(Number(hit.id.slice(-12)))) as CatalogueRow
      return { name: row['name'] ?? '', composition: row['composition'] ?? '' }
    })
    const rank = products.findIndex(product => judge.relevant(query, product)) + 1
    for (const category of [query.category, 'ALL']) {
      const total = totals.get(category) ?? { n: 0, first: 0, five: 0, rank: 0 }
      total.n += 1
      if (rank === 1) total.first += 1
      if (rank > 0 && rank <= 5) total.five += 1
      if (rank > 0) total.rank += 1 / rank
      totals.set(category, total)
    }
    if (rank !== 1) {
      const top = products.slice(0, 3).map(product => product.name)
      misses.push(
        `${rank > 0 && rank <= 5 ? 'late' : 'MISS'} ${rank} [${query.category}] ${query.query} (${query.key}) -> ${top.join(' | ')} ${result.corrected ? `~ ${result.corrected.to}` : ''}`,
      )
    }
  }
  console.log(`\n${title}`)
  console.log(`${'category'.padEnd(20)} ${'n'.padStart(5)}  s@1 %  s@5 %    MRR`)
  for (const [category, { n, first, five, rank }] of [...totals].sort(([a], [b]) =>
    a === 'ALL' ? 1 : b === 'ALL' ? -1 : a < b ? -1 : 1,
  ))
    console.log(
      `${category.padEnd(20)} ${String(n).padStart(5)} ${((100 * first) / n).toFixed(1).padStart(6)} ${((100 * five) / n).toFixed(1).padStart(6)}  ${(rank / n).toFixed(3)}`,
    )
  if (given.misses) console.log(misses.join('\n'))
}

/** Times each text alone, on the clock and in processor time of this thread (others may be busy). */
function time(title: string, texts: string[], run: (text: string) => unknown): number[] {
  for (const text of texts.slice(0, 200)) run(text)
  const clock: number[] = []
  const own = texts.map(text => {
    const started = performance.now()
    const before = process.threadCpuUsage()
    run(text)
    const spent = process.threadCpuUsage(before)
    clock.push(performance.now() - started)
    return (spent.user + spent.system) / 1000
  })
  const row = (list: number[]) =>
    [0.5, 0.99, 1].map(p => percentile(list, p).toFixed(1).padStart(6)).join(' ')
  console.log(
    `${title.padEnd(32)} n ${String(texts.length).padStart(5)}  p50 p99 max: clock${row(clock)} ms, processor${row(own)} ms`,
  )
  return clock
}

function processorMs(text: string): number {
  const before = process.threadCpuUsage()
  search.search(text, { withFacets: true })
  const spent = process.threadCpuUsage(before)
  return (spent.user + spent.system) / 1000
}

/** Waits of searches arriving evenly at one process, worked out from the clock time each took alone. */
function queue(took: number[], perSecond: number): void {
  let free = 0
  const waits = took.map((ms, i) => {
    const arrived = (1000 / perSecond) * i
    free = Math.max(free, arrived) + ms
    return free - arrived
  })
  console.log(
    `${perSecond} searches a second at one process: p50 ${percentile(waits, 0.5).toFixed(1)}  p99 ${percentile(waits, 0.99).toFixed(1)} ms`,
  )
}

const hostile = [
  'a'.repeat(10_000),
  'é'.repeat(10_000),
  '%',
  '',
  '   ',
  "'; drop table medicine; --",
  '(a+)+$',
  '\u0000\u0001\u0007',
  '💊💊💊',
  'dolo 💊 650',
  'डोलोdolo६५०',
  'кроцин',
  '阿莫西林',
  '\ud800',
  'a b c d e f g h i j k l m n o p',
  '%'.repeat(10_000),
  'paracetamol '.repeat(800),
  '1 '.repeat(5000),
  '9'.repeat(10_000),
  '1e999',
  '../../etc/passwd',
  '<script>',
  'क'.repeat(10_000),
  's s s s s s s s',
  'd plus forte acid sodium vitamin c a',
]

const judge = (await import(pathToFileURL(join(searchFolder, 'judge.mjs')).href)) as Judge
const { search, rows } = await build(catalogueFile)
const byId = new Map(rows.map(row => [row['id'] ?? '', row]))
const queriesFile = given.queries ?? join(searchFolder, 'search-dev.jsonl')
const dev = readFileSync(queriesFile, 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as HeldOutQuery)
const heldOut = heldOutQueries(
  rows,
  new Set(dev.map(query => query.key)),
  judge.toks,
  Number(given.seed),
)
score('development queries', dev, search, byId, judge)
score('held-out queries made by rule', heldOut, search, byId, judge)

console.log('\nlatency, one query at a time')
const texts = [...dev, ...heldOut].map(query => query.query)
const typing = texts
  .slice(0, 400)
  .flatMap(text => Array.from({ length: text.length }, (_, i) => text.slice(0, i + 1)))
const taken = time('autocomplete (asked p99 20)', typing, text =>
  search.search(text, { limit: 10 }),
)
time('search with facets (p99 50)', texts, text =>
  search.search(text, { limit: 20, withFacets: true }),
)
time('with filters', texts, text =>
  search.search(text, {
    limit: 20,
    withFacets: true,
    filters: { form: ['tablet'], isInStock: true },
  }),
)
time('hostile input (max 50)', hostile, text => search.search(text, { withFacets: true }))
queue(taken, 500)
const slowest = hostile
  .map(text => ({ text: text.slice(0, 20), ms: processorMs(text) }))
  .sort((a, b) => b.ms - a.ms)
console.log(`slowest hostile input: ${JSON.stringify(slowest.slice(0, 3))}`)
