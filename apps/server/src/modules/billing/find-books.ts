import type { DayBook, LogEntry, PeriodRun, ReplyOf, listLogEntries } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { findNames } from '#modules/identity'
import type { PeriodSummary } from './draw-up-period.ts'

export const runsMax = 24

/** The books drawn up last, newest first. */
export async function findRuns(db: Reader): Promise<PeriodRun[]> {
  const { rows } = await sql<{
    id: string
    month: string
    gstin: string
    askedAt: Date
    isConsistent: boolean | null
    summary: PeriodSummary | null
    files: PeriodRun['files'] | null
  }>`
    select run.id, run.month, run.gstin, run.asked_at as "askedAt", result.is_consistent as "isConsistent",
      result.summary, result.files
    from billing.period_run as run left join billing.period_result as result on result.run_id = run.id
    order by run.id desc limit ${runsMax}`.execute(db)
  return rows.map(({ summary, files, askedAt, ...run }) => ({
    ...run,
    askedAt: askedAt.toISOString(),
    checks: [...(summary?.checks ?? [])],
    totals: summary?.headers ?? null,
    files: files ?? [],
  }))
}

/** True when the run has a file of that name. */
export async function hasFile(db: Reader, runId: string, name: string): Promise<boolean> {
  const { rows } = await sql`
    select from billing.period_result
    where run_id = ${runId} and files @> jsonb_build_array(jsonb_build_object('name', ${name}::text))`.execute(
    db,
  )
  return rows.length === 1
}

const dayMax = 500

interface DayRow {
  id: string
  kind: DayBook['items'][number]['kind']
  number: string
  issuedAt: Date
  paymentMethod: 'cash_on_delivery' | 'prepaid'
  orderId: string
  taxablePaise: number
  taxPaise: number
  totalPaise: number
  isCancelled: boolean
}

/** A day's documents in the order of their issue, and what they come to. Today in India when no day is asked for. */
export async function findDayBook(db: Reader, day: string | null): Promise<DayBook> {
  const { rows: found } = await sql<{ day: string }>`
    select coalesce(${day}::date, kernel.today()) as day`.execute(db)
  const asked = found[0]!.day
  const { rows } = await sql<DayRow>`
    select id, kind, number, issued_at as "issuedAt", payment_method as "paymentMethod", order_id as "orderId",
      taxable_paise as "taxablePaise", cgst_paise + sgst_paise + igst_paise as "taxPaise",
      total_paise as "totalPaise",
      exists (select from billing.cancellation where document_id = invoice.id) as "isCancelled"
    from billing.invoice where issued_on = ${asked}::date
    union all
    select note.id, 'credit_note', note.number, note.issued_at, invoice.payment_method, note.order_id,
      note.taxable_paise, note.cgst_paise + note.sgst_paise + note.igst_paise, note.total_paise, false
    from billing.credit_note as note join billing.invoice on invoice.id = note.invoice_id
    where note.issued_on = ${asked}::date
    order by "issuedAt", id limit ${dayMax + 1}`.execute(db)
  return {
    day: asked,
    isWhole: rows.length <= dayMax,
    items: rows.slice(0, dayMax).map(row => ({ ...row, issuedAt: row.issuedAt.toISOString() })),
    totals: await dayTotals(db, asked),
  }
}

async function dayTotals(db: Reader, day: string): Promise<DayBook['totals']> {
  const { rows } = await sql<DayBook['totals'][number]>`
    select payment_method as "paymentMethod", count(*) filter (where sign = 1)::bigint as invoices,
      count(*) filter (where sign = -1)::bigint as "creditNotes",
      coalesce(sum(total_paise) filter (where sign = 1), 0)::bigint as "invoicedPaise",
      coalesce(sum(total_paise) filter (where sign = -1), 0)::bigint as "creditedPaise",
      coalesce(sum(sign * tax_paise), 0)::bigint as "taxPaise"
    from (
      select payment_method, 1 as sign, total_paise, cgst_paise + sgst_paise + igst_paise as tax_paise
      from billing.invoice where issued_on = ${day}::date
        and not exists (select from billing.cancellation where document_id = invoice.id)
      union all
      select invoice.payment_method, -1, note.total_paise, note.cgst_paise + note.sgst_paise + note.igst_paise
      from billing.credit_note as note join billing.invoice on invoice.id = note.invoice_id
      where note.issued_on = ${day}::date
    ) as document group by payment_method order by payment_method`.execute(db)
  return rows
}

/** The edit log, newest first, a page at a time. */
export async function findLogEntries(
  db: Reader,
  query: { after?: number | undefined },
): Promise<ReplyOf<typeof listLogEntries>> {
  const max = 50
  const { rows } = await sql<Omit<LogEntry, 'at'> & { at: Date }>`
    select id, at, act, object_id as "objectId", number, actor_id as "by", total_paise as "totalPaise"
    from billing.entry where ${query.after ?? null}::bigint is null or id < ${query.after ?? null}::bigint
    order by id desc limit ${max + 1}`.execute(db)
  const shown = rows.slice(0, max)
  const names = await findNames(db, [...new Set(shown.flatMap(({ by }) => by ?? []))])
  const items = shown.map(({ at, by, ...row }) => ({
    ...row,
    at: at.toISOString(),
    // Who is no longer of the house has no name here; the trail keeps the person.
    by: by && (names.get(by) ?? 'Staff'),
  }))
  return { items, next: rows.length > max ? (items.at(-1)?.id ?? null) : null }
}
