import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Database } from '#kernel/database'
import type { Files } from '#kernel/files'
import { checkPeriod, type PeriodCheck } from './check-period.ts'
import { dayBookCsv } from './day-book-csv.ts'
import { findVouchers, vouchersMax } from './find-vouchers.ts'
import { gstr1Csv } from './gstr1-csv.ts'
import { gstr1Json } from './gstr1-json.ts'
import type { Period } from './period-tables.ts'
import { readPeriod } from './read-period.ts'
import { tallyXml } from './tally-xml.ts'

export interface PeriodFile {
  readonly name: string
  readonly bytes: number
}

export interface PeriodSummary {
  readonly checks: readonly PeriodCheck[]
  readonly headers: Period['headers']
}

interface Run {
  readonly gstin: string
  readonly month: string
  readonly company: string
  readonly hsnDigits: number
}

/**
 * Draws up a month: the GSTR-1 as the portal's JSON and as a CSV a table, whether its tables agree, the day book, and
 * vouchers for Tally, each a file of the reports' bucket. Done once a run, however often the job comes.
 */
export async function drawUpPeriod(database: Database, files: Files, runId: string): Promise<void> {
  const { db } = database
  const { rows } = await sql<Run & { isDone: boolean }>`
    select run.gstin, run.month, seller.legal_name as company, seller.hsn_digits as "hsnDigits",
      exists (select from billing.period_result where run_id = run.id) as "isDone"
    from billing.period_run as run
    join lateral (
      select legal_name, hsn_digits from billing.seller where seller.gstin = run.gstin
      order by effective_from desc, id desc limit 1
    ) as seller on true
    where run.id = ${runId}`.execute(db)
  const [run] = rows
  assert(run, 'a run that was asked for is there')
  if (run.isDone) return
  const period = await readPeriod(database, run)
  const checks = checkPeriod(period)
  const put = async (name: string, text: string, contentType: string): Promise<PeriodFile> => {
    const body = Buffer.from(text)
    await files.of('reports').put(fileKey(runId, name), body, { contentType })
    return { name, bytes: body.length }
  }
  const written = [
    await put('gstr1.json', JSON.stringify(gstr1Json(period)), 'application/json'),
    ...(await inTurn(gstr1Csv(period), one => put(one.name, one.text, 'text/csv; charset=utf-8'))),
    ...(await writeVouchers(database, run, put)),
  ]
  const summary: PeriodSummary = { checks, headers: period.headers }
  await sql`
    insert into billing.period_result (run_id, is_consistent, summary, files)
    values (${runId}, ${checks.every(one => one.isRight)}, ${JSON.stringify(summary)}::jsonb,
      ${JSON.stringify(written)}::jsonb)
    on conflict (run_id) do nothing`.execute(db)
}

export const fileKey = (runId: string, name: string): string => `runs/${runId}/${name}`

type Put = (name: string, text: string, contentType: string) => Promise<PeriodFile>

const pagesMax = 1_000

/** A file of vouchers and one of the day book for each page, so that a month of any size fits in memory. */
async function writeVouchers(database: Database, run: Run, put: Put): Promise<PeriodFile[]> {
  const written: PeriodFile[] = []
  let after: string | null = null
  for (let part = 1; part <= pagesMax; part++) {
    const page = await findVouchers(database.db, run, after)
    if (page.length === 0 && part > 1) return written
    const number = String(part).padStart(3, '0')
    written.push(await put(`tally-${number}.xml`, tallyXml(run.company, page), 'application/xml'))
    written.push(await put(`day-book-${number}.csv`, dayBookCsv(page), 'text/csv; charset=utf-8'))
    if (page.length < vouchersMax) return written
    after = page.at(-1)!.id
  }
  throw new Error('a month has more documents than its vouchers may have pages')
}

async function inTurn<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (const one of all) done.push(await work(one))
  return done
}
