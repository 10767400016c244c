import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { findReviews, type FoundReview } from '#modules/prescriptions'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
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

/** Brings the prescription lines down to what was approved, and the order’s sums with them; never up. */
async function keepApproved(tx: Tx, { orderId, review }: Settled): Promise<void> {
  const approved = new Map(review.lines.map(one => [one.line, one.approvedPacks ?? 0]))
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
