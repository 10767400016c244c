import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { readSettlement, type ReportLine } from './read-settlement.ts'

/**
 * Reads a settlement report and judges each line against our books as they are now. The same file again is refused
 * (`report_repeated`); a line that an earlier report settled is kept and called repeated.
 */
export async function importSettlement(
  database: Database,
  caller: Caller,
  { fileName, text }: { fileName: string; text: string },
): Promise<{ id: string }> {
  assert(caller.personId, 'a person uploads a report')
  const lines = readSettlement(text)
  const hash = createHash('sha256').update(text).digest()
  return inTransaction(database, caller, async tx => {
    const id = newId()
    const { rows } = await sql`
      insert into payments.settlement_report (id, file_name, file_hash, uploaded_by)
      values (${id}, ${fileName}, ${hash}, ${caller.personId}) on conflict do nothing returning id`.execute(
      tx,
    )
    if (rows.length === 0) {
      throw new Refusal(
        'report_repeated',
        'This very file was uploaded before. Look at its result in the list.',
      )
    }
    await writeLines(tx, id, lines)
    return { id }
  })
}

/** One statement for the whole report; a line repeated within it is judged by the one before it. */
async function writeLines(tx: Tx, reportId: string, lines: readonly ReportLine[]): Promise<void> {
  await sql`
    insert into payments.settlement_line
      (report_id, line, entity_id, kind, amount_paise, fee_paise, tax_paise, net_paise, settlement_id,
       bank_reference, settled_on, verdict)
    select ${reportId}, told.line, told.entity_id, told.kind, told.amount_paise, told.fee_paise, told.tax_paise,
      told.net_paise, told.settlement_id, told.bank_reference, told.settled_on,
      case
        when told.kind = 'adjustment' then 'other'
        when told.nth > 1 or exists (select from payments.settlement_line before
          where before.entity_id = told.entity_id and before.kind = told.kind) then 'repeated'
        when coalesce(payment.captured_paise, refund.amount_paise) is null then 'extra'
        when coalesce(payment.captured_paise, refund.amount_paise) <> told.amount_paise then 'amount_differs'
        else 'matched' end
    from (
      select *, row_number() over (partition by kind, entity_id order by line) as nth
      from jsonb_to_recordset(${JSON.stringify(lines.map(asRow))}::jsonb) as one (line integer, entity_id text,
        kind text, amount_paise bigint, fee_paise bigint, tax_paise bigint, net_paise bigint, settlement_id text,
        bank_reference text, settled_on date)
    ) as told
    left join payments.payment on told.kind = 'payment' and payment.id = told.entity_id
      and payment.state = 'captured'
    left join payments.refund on told.kind = 'refund' and refund.gateway_refund_id = told.entity_id`.execute(
    tx,
  )
}

const asRow = (one: ReportLine) => ({
  line: one.line,
  entity_id: one.entityId,
  kind: one.kind,
  amount_paise: one.amountPaise,
  fee_paise: one.feePaise,
  tax_paise: one.taxPaise,
  net_paise: one.netPaise,
  settlement_id: one.settlementId,
  bank_reference: one.bankReference,
  settled_on: one.settledOn,
})
