/**
 * Measures the catalogue's importer on real lists: rows a second, memory, and what was rejected and why.
 *
 *   node bench/import.ts [FILE ...]
 *
 * Without files it takes the list of 253,973 medicines in the folder JANTA_DATA (default ../shared/data beside the
 * repository), which is not part of the project. Asked: 60 seconds and 600 MB. Each list goes into a fresh database, twice: the second import must change nothing.
 */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { testDatabase } from '../apps/server/src/kernel/testing.ts'
import {
  findPacks,
  type ImportReport,
  importCatalogue,
} from '../apps/server/src/modules/catalogue/index.ts'
import { sql } from 'kysely'

const sampleEveryMs = 50
const packsAtOnce = 2_000

const folder = resolve(process.env.JANTA_DATA ?? join(import.meta.dirname, '../../shared/data'))
const usual = ['medicines-india-253973.csv.gz'].map(name => join(folder, name))
const asked = process.argv.slice(2)
const files = (asked.length > 0 ? asked : usual).filter(file => existsSync(file))
if (files.length === 0) {
  print(`There is no list to import in ${folder}. Name a CSV file, or set JANTA_DATA.`)
  process.exit(1)
}
print(
  `machine ${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${(totalmem() / 1e9).toFixed(1)} GB, node ${process.version}, load ${loadavg()
    .map(one => one.toFixed(1))
    .join(' ')}`,
)
for (const file of files) await measure(file)

async function measure(file: string): Promise<void> {
  const shop = await testDatabase()
  try {
    const remarksPath = join(tmpdir(), `${basename(file)}.remarks.csv`)
    const first = await timed(() => importCatalogue(shop.database, { path: file, remarksPath }))
    const second = await timed(() => importCatalogue(shop.database, { path: file, remarksPath }))
    print(`\n${basename(file)}`)
    printRun('first import', first)
    printRun('second import', second)
    assert.equal(
      second.report.packsAdded + second.report.packsChanged,
      0,
      'a second import changed something',
    )
    printReasons('rejected', first.report.rejections)
    printReasons('imported with a notice', first.report.notices)
    await printDecisions(shop.database.reads)
    print(`  remarks in ${remarksPath}`)
  } finally {
    await shop.close()
  }
}

interface Timed {
  readonly report: ImportReport
  readonly milliseconds: number
  readonly peakMegabytes: number
  /** Of this process; the database's is not in it. */
  readonly cpuMilliseconds: number
}

async function timed(work: () => Promise<ImportReport>): Promise<Timed> {
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, sampleEveryMs)
  const from = performance.now()
  const cpuFrom = process.cpuUsage()
  try {
    const report = await work()
    const peakMegabytes = Math.round(peak / 1_048_576)
    const cpu = process.cpuUsage(cpuFrom)
    const cpuMilliseconds = (cpu.user + cpu.system) / 1_000
    return { report, milliseconds: performance.now() - from, peakMegabytes, cpuMilliseconds }
  } finally {
    clearInterval(watch)
  }
}

function printRun(name: string, run: Timed): void {
  const { report, milliseconds, peakMegabytes, cpuMilliseconds } = run
  const perSecond = Math.round((report.rowsRead * 1_000) / milliseconds)
  print(
    `  ${name}: ${report.rowsRead} rows in ${(milliseconds / 1_000).toFixed(1)} s (asked 60), ${perSecond} rows/s, ` +
      `${(cpuMilliseconds / 1_000).toFixed(1)} s of its own CPU, peak ${peakMegabytes} MB resident (asked 600); ${report.rowsAccepted} accepted, ${report.rowsRejected} rejected, ` +
      `${report.packsAdded} packs added, ${report.packsChanged} changed`,
  )
}

function printReasons(title: string, counts: Readonly<Record<string, number>>): void {
  print(`  ${title}:`)
  const rows = Object.entries(counts).sort(([, one], [, other]) => other - one)
  for (const [code, count] of rows) print(`    ${String(count).padStart(7)}  ${code}`)
}

/** What of the list may be sold, and how many of those have a price. */
async function printDecisions(reads: Parameters<typeof findPacks>[0]): Promise<void> {
  const counts = new Map<string, { packs: number; priced: number }>()
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await sql<{ id: string }>`
      select id from catalogue.pack where id > ${after} order by id limit ${packsAtOnce}`.execute(
      reads,
    )
    if (rows.length === 0) break
    for (const pack of (
      await findPacks(
        reads,
        rows.map(row => row.id),
      )
    ).values()) {
      const count = counts.get(pack.decision) ?? { packs: 0, priced: 0 }
      count.packs++
      if (pack.pricePaise !== null) count.priced++
      counts.set(pack.decision, count)
    }
    after = rows.at(-1)?.id ?? after
  }
  print('  what the law lets the shop do:')
  for (const [decision, { packs, priced }] of counts) {
    print(`    ${String(packs).padStart(7)}  ${decision}, ${priced} of them priced`)
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
