import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { findPacks } from '#modules/catalogue'
import { findReviews, type FoundReview } from '#modules/prescriptions'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { type ApprovedLine, approvedOf, standsAsApproved } from './approved-line.ts'
import { findPlaced } from './find-placed-lines.ts'
import { fitCredit } from './fit-credit.ts'
import { letPass } from './let-pass.ts'
import { assertMay, lockOrder } from './order-step.ts'

/**
 * The customer takes the part of her order a pharmacist approved; `cancelOrder` and `addPrescription` are the other
 * choices. Its lines stay on the order: what was asked for, beside nothing.
 * Refuses `order_state_forbids`, and `not_found` for an order of somebody else.
 */
export async function takeApproved(
  database: Database,
  caller: Caller,
  { id }: { id: string },
): Promise<void> {
  assert(caller.personId, 'a customer chooses, never the machinery')
  await inTransaction(database, caller, async tx => {
    assertMay('choose', await lockOrder(tx, id, caller.personId))
    await keepApproved(tx, await findSettled(tx, id))
    const left = await fitCredit(tx, caller, await lockOrder(tx, id), 'part_taken')
    await letPass(tx, caller, left, 'customer')
  })
}

interface Settled {
  readonly orderId: string
  readonly review: FoundReview
}

/** A prescription may have been revoked meanwhile: what its review says is no answer until it is settled again. */
async function findSettled(tx: Tx, orderId: string): Promise<Settled> {
  const review = (await findReviews(tx, [orderId])).get(orderId)
  if (review?.state === 'decided') return { orderId, review }
  throw new Refusal(
    'order_state_forbids',
    'A pharmacist is looking at the prescription of this order again. Wait for the answer, then choose.',
  )
}

/** Brings the prescription lines down to what was approved, to the tablet where a strip is cut, and the order’s sums
 * with them; never up. */
async function keepApproved(tx: Tx, { orderId, review }: Settled): Promise<void> {
  const placed = (await findPlaced(tx, orderId)).filter(one => one.needsPrescription)
  const lines = placed.map(line => approvedOf(line, review)).filter(one => !standsAsApproved(one))
  const packs = await findPacks(
    tx,
    lines.map(line => line.packId),
  )
  const unitsPerPackOf = (line: ApprovedLine) =>
    line.leftUnits === null ? null : (packs.get(line.packId)?.unitsPerPack ?? null)
  await sql`
    update ordering.order_line
    set asked_quantity = coalesce(asked_quantity, quantity), quantity = kept.packs, units = kept.units,
      units_per_pack = kept.units_per_pack
    from unnest(${lines.map(one => one.line)}::integer[], ${lines.map(one => one.leftPacks)}::integer[],
      ${lines.map(one => one.leftUnits)}::integer[], ${lines.map(unitsPerPackOf)}::integer[])
      as kept (line, packs, units, units_per_pack)
    where order_line.order_id = ${orderId} and order_line.line = kept.line`.execute(tx)
  await sql`
    update ordering.order set items_paise = sums.paise, packs = sums.packs
    from (select sum(amount_paise) as paise, sum(quantity) as packs
      from ordering.order_line where order_id = ${orderId}) as sums
    where id = ${orderId}`.execute(tx)
}
