import { type closeDrawer as contract, denominations, type RequestOf } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { once } from '#kernel/idempotency'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { expectedIn, lockOpenShift } from './drawer-row.ts'
import { findSettings } from './settings.ts'

type Closing = RequestOf<typeof contract>['body']

/**
 * Closes the shift on what was counted, note by note. A difference above the tolerance needs a reason in words
 * (`reason_needed`); a note nobody issues, or one counted twice, is refused (`drawer_count_differs`).
 */
export async function closeDrawer(
  database: Database,
  caller: Caller,
  key: string,
  closing: Closing,
): Promise<{ id: string }> {
  const countedPaise = countOf(closing)
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `payments.close_drawer:${caller.personId}`, key, request: closing }, () =>
      writeClosing(tx, caller, closing, countedPaise),
    ),
  )
}

function countOf({ counts }: Closing): number {
  const known: readonly number[] = denominations
  const kinds = counts.map(one => one.denominationPaise)
  if (new Set(kinds).size !== kinds.length || kinds.some(one => !known.includes(one))) {
    throw new Refusal(
      'drawer_count_differs',
      'Each note and coin is counted once. Check the list of notes and coins.',
    )
  }
  return counts.reduce((sum, one) => sum + one.denominationPaise * one.pieces, 0)
}

async function writeClosing(tx: Tx, caller: Caller, closing: Closing, countedPaise: number) {
  const shiftId = await lockOpenShift(tx)
  const [expectedPaise, { drawerTolerancePaise }] = [
    await expectedIn(tx, shiftId),
    await findSettings(tx),
  ]
  const difference = Math.abs(countedPaise - expectedPaise)
  if (difference > drawerTolerancePaise && !closing.varianceReason?.trim()) {
    throw new Refusal(
      'reason_needed',
      'The drawer does not hold what it should. Count again, or write down why it differs.',
      { values: { expectedPaise, countedPaise } },
    )
  }
  await sql`
    insert into payments.drawer_count (shift_id, denomination_paise, pieces)
    select ${shiftId}, paise, pieces
    from unnest(${closing.counts.map(one => one.denominationPaise)}::integer[],
      ${closing.counts.map(one => one.pieces)}::integer[]) as counted (paise, pieces)`.execute(tx)
  await sql`
    update payments.drawer_shift
    set closed_at = kernel.now(), closed_by = ${caller.personId}, expected_paise = ${expectedPaise},
      counted_paise = ${countedPaise}, variance_reason = ${closing.varianceReason ?? null}
    where id = ${shiftId}`.execute(tx)
  return { id: shiftId }
}
