import type { Settlement, Settlements, SettlementLine } from '@janta/contracts'
import { sql } from 'kysely'
import type { Static } from 'typebox'
import { Refusal } from '#kernel/refusal'
import type { Reader } from './intent-row.ts'
import { findSettings } from './settings.ts'

type Found = Omit<Settlement, 'uploadedAt'> & { uploadedAt: Date }
type Odd = Static<typeof SettlementLine>
const oddMax = 500

/** Reports newest first, or one of them. */
async function findReports(
  db: Reader,
  { id, limit }: { id: string | null; limit: number },
): Promise<Settlement[]> {
  const { rows } = await sql<Found>`
    select report.id, report.file_name as "fileName", report.uploaded_at as "uploadedAt",
      count(*)::integer as lines,
      jsonb_build_object('matched', count(*) filter (where verdict = 'matched'),
        'extra', count(*) filter (where verdict = 'extra'),
        'amount_differs', count(*) filter (where verdict = 'amount_differs'),
        'repeated', count(*) filter (where verdict = 'repeated'),
        'other', count(*) filter (where verdict = 'other')) as verdicts,
      sum(case kind when 'refund' then -amount_paise else amount_paise end)::bigint as "amountPaise",
      sum(fee_paise)::bigint as "feePaise", sum(tax_paise)::bigint as "taxPaise", sum(net_paise)::bigint as "netPaise"
    from (select * from payments.settlement_report
      where ${id}::uuid is null or id = ${id}::uuid order by uploaded_at desc, id limit ${limit}) as report
    join payments.settlement_line on settlement_line.report_id = report.id
    group by report.id, report.file_name, report.uploaded_at
    order by report.uploaded_at desc, report.id`.execute(db)
  return rows.map(row => ({ ...row, uploadedAt: row.uploadedAt.toISOString() }))
}

/** Reports, and what was captured so many days ago that the gateway should have paid it out and no report has it. */
export async function findSettlements(db: Reader, limit: number): Promise<Settlements> {
  const { settlementWorkingDays } = await findSettings(db)
  // Twice the working days, and a weekend: what a report of next Monday still brings is not missing.
  const days = settlementWorkingDays * 2 + 2
  const { rows } = await sql<Settlements['missing']>`
    select count(*)::integer as count, coalesce(sum(captured_paise), 0)::bigint as "amountPaise"
    from payments.payment
    where captured_at < kernel.now() - make_interval(days => ${days}) and not exists (
      select from payments.settlement_line where entity_id = payment.id and kind = 'payment')`.execute(
    db,
  )
  const missing = rows[0] ?? { count: 0, amountPaise: 0 }
  return { items: await findReports(db, { id: null, limit }), missing }
}

/** One report with the lines that want a look; refuses `not_found`. */
export async function findSettlement(db: Reader, id: string): Promise<Settlement & { odd: Odd[] }> {
  const [report] = await findReports(db, { id, limit: 1 })
  if (!report) throw new Refusal('not_found', 'There is no such report. Look it up in the list.')
  const { rows: odd } = await sql<Odd>`
    select line, entity_id as "entityId", kind, amount_paise as "amountPaise", net_paise as "netPaise", verdict
    from payments.settlement_line where report_id = ${id} and verdict not in ('matched', 'other')
    order by line limit ${oddMax}`.execute(db)
  return { ...report, odd }
}
