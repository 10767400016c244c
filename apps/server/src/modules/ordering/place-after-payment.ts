import { findIntents } from '#modules/payments'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { giveMoneyBack } from './give-money-back.ts'
import { place } from './let-pass.ts'
import { lockOrder } from './order-step.ts'

const caller = systemCaller('ordering.place_after_payment')

/**
 * The money of an order came: it is placed. Where the order ended meanwhile, or the shelf cannot fill it any more, the
 * money goes back. Again is harmless, in whatever order the news comes: the state of the order and of the money decide,
 * not the message.
 */
export async function placeAfterPayment(database: Database, orderId: string): Promise<void> {
  await inTransaction(database, caller, async tx => {
    const order = await lockOrder(tx, orderId)
    const intent = (await findIntents(tx, [orderId])).get(orderId)
    if (!intent || intent.capturedPaise === 0) return
    if (order.state === 'cancelled') return giveMoneyBack(tx, caller, order, 'late_payment')
    if (order.state === 'awaiting_payment') await place(tx, caller, order, 'system')
  })
}
