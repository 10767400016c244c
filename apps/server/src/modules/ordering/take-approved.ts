import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { findReviews } from '#modules/prescriptions'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction, type Tx } from '#kernel/transaction'
import { findPlaced } from './find-placed-lines.ts'
import { fitCredit } from './fit-credit.ts'
import { letPass } from './let-pass.ts'
import { assertMay, lockOrder } from './order-step.ts'

/**
 * The customer takes the part of her order a pharmacist approved; `cancelOrder` is the other choice, and what fell away
 * may be ordered again with another prescription. Its lines stay on the order: what was asked for, beside nothing.
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
    await keepApproved(tx, id)
    const left = await fitCredit(tx, caller, await lockOrder(tx, id), 'part_taken')
    await letPass(tx, caller, left, 'customer')
  })
}

/** Brings the prescription lines down to what was approved, and the order’s sums with them; never up. */
async function keepApproved(tx: Tx, orderId: string): Promise<void> {
  const review = (await findReviews(tx, [orderId])).get(orderId)
  const approved = new Map(review?.lines.map(one => [one.line, one.approvedPacks ?? 0]))
  const lines = (await findPlaced(tx, orderId)).filter(one => one.needsPrescription)
  const left = lines.map(one => Math.min(approved.get(one.line) ?? 0, one.quantity))
  await sql`
    update ordering.order_line
    set asked_quantity = coalesce(asked_quantity, quantity), quantity = kept.packs
    from unnest(${lines.map(one => one.line)}::integer[], ${left}::integer[]) as kept (line, packs)
    where order_line.order_id = ${orderId} and order_line.line = kept.line
      and kept.packs < order_line.quantity`.execute(tx)
  await sql`
    update ordering.order set items_paise = sums.paise, packs = sums.packs
    from (select sum(amount_paise) as paise, sum(quantity) as packs
      from ordering.order_line where order_id = ${orderId}) as sums
    where id = ${orderId}`.execute(tx)
}
