import type { DebitNote, FieldProblem, NewBillClaim } from '@janta/contracts'
import { sql } from 'kysely'
import { lockPositions } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Day } from '#kernel/day'
import { emit } from '#kernel/events'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { claimedLine, type BilledLine, type ClaimLine } from './claimed-line.ts'
import { findDebitNote } from './find-debit-notes.ts'
import { findReturnable } from './returnable.ts'
import { writeDebitNote } from './write-debit-note.ts'

/**
 * Asks back what a bill charged for goods that never came, or above the rate agreed, by a debit note under the next
 * number; no goods move. The same key again answers the same note. Refuses `not_found` for an unknown bill,
 * `claim_invalid` for a line that is not the bill's or says too little, `claim_too_much` for more than the bill owes.
 */
export async function claimOnBill(
  database: Database,
  caller: Caller,
  key: string,
  claim: NewBillClaim & { readonly billId: string },
): Promise<DebitNote> {
  const { id } = await inTransaction(database, caller, tx =>
    once(tx, { scope: `purchasing.claim:${caller.personId}`, key, request: claim }, () =>
      writeClaim(tx, caller, claim),
    ),
  )
  return findDebitNote(database.reads, id)
}

async function writeClaim(
  tx: Tx,
  caller: Caller,
  claim: NewBillClaim & { readonly billId: string },
): Promise<{ id: string }> {
  const { rows: bills } = await sql<{ supplierId: string; today: Day }>`
    select supplier_id as "supplierId", kernel.today() as today from purchasing.bill where id = ${claim.billId}`.execute(
    tx,
  )
  const [bill] = bills
  if (!bill) throw new Refusal('not_found', 'There is no such bill. Choose it from the list.')
  const batchIds = claim.lines.map(line => line.batchId)
  // Two claims on one bill take turns, and a claim and a return of one batch, so that the second sees the first's note.
  await sql`select pg_advisory_xact_lock(hashtextextended(${claim.billId}, 0))`.execute(tx)
  await lockPositions(tx, batchIds)
  const billed = await findBilled(tx, claim.billId, batchIds)
  const found = claim.lines.map((line, at) =>
    claimedLine(claim.kind, line, billedOnce(line, billed, claim.lines, at)),
  )
  refuseAny('claim_invalid', 'Some lines do not say what the bill owes.', found)
  refuseAny('claim_too_much', 'The bill does not owe that much.', found)
  const id = newId()
  const lines = found.flatMap(one => ('units' in one ? [{ id: newId(), ...one }] : []))
  const { supplierId, today } = bill
  await writeDebitNote(tx, caller, {
    id,
    supplierId,
    kind: claim.kind,
    reason: claim.reason,
    today,
    lines,
  })
  await emit(tx, caller, 'purchasing.bill_claimed', { debitNoteId: id })
  return { id }
}

function billedOnce(
  line: ClaimLine,
  billed: ReadonlyMap<string, BilledLine>,
  lines: readonly ClaimLine[],
  at: number,
): BilledLine | undefined {
  return lines.findIndex(one => one.batchId === line.batchId) === at
    ? billed.get(line.batchId)
    : undefined
}

async function findBilled(
  tx: Tx,
  billId: string,
  batchIds: readonly string[],
): Promise<Map<string, BilledLine>> {
  const returnable = await findReturnable(tx, batchIds)
  const { rows } = await sql<Omit<BilledLine, 'debited'>>`
    select batch_id as "batchId", units_per_pack as "unitsPerPack", billed_packs as "billedPacks",
      rate_paise as "ratePaise", discount_basis_points as "discountBasisPoints", gst_basis_points as "gstBasisPoints",
      exists (
        select from purchasing.debit_line join purchasing.debit_note on debit_note.id = debit_note_id
        where debit_line.batch_id = bill_line.batch_id and kind = 'rate_difference'
      ) as "isRateClaimed"
    from purchasing.bill_line where bill_id = ${billId} and batch_id = any(${batchIds}::uuid[])`.execute(
    tx,
  )
  return new Map(rows.map(row => [row.batchId, { ...row, debited: returnable.get(row.batchId)! }]))
}

function refuseAny(
  code: 'claim_invalid' | 'claim_too_much',
  sentence: string,
  found: readonly ReturnType<typeof claimedLine>[],
): void {
  const fields = found.flatMap((one, at): FieldProblem[] =>
    'code' in one && one.code === code
      ? [{ field: `lines.${at}.${one.field}`, message: one.message }]
      : [],
  )
  if (fields.length > 0) throw new Refusal(code, `${sentence} See the lines.`, { fields })
}
