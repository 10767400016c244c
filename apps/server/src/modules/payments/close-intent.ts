import { mayPay } from '@janta/contracts'
import { sql } from 'kysely'
import type { Tx } from '#kernel/transaction'
import { lockIntentOfOrder } from './intent-row.ts'

/**
 * The order is given up: nobody is sent to pay any more, and a capture that comes all the same goes back by itself
 * without a word to the order. Money captured before is not touched: ask for it with `requestRefund`. An order that
 * never asked for money, or was closed before, is left as it is.
 */
export async function closeIntent(tx: Tx, orderId: string): Promise<void> {
  const intent = await lockIntentOfOrder(tx, orderId)
  if (!intent || intent.closedAt !== null) return
  // An authorised payment stays authorised: the gateway voids it by itself, or captures it and it goes back.
  const state = mayPay(intent.state) ? 'expired' : intent.state
  await sql`
    update payments.intent set closed_at = kernel.now(), state = ${state}
    where id = ${intent.id}`.execute(tx)
}

/**
 * As `closeIntent`, unless money is under way or came already: then nothing is closed, and the answer is false.
 */
export async function closeUnpaid(tx: Tx, orderId: string): Promise<boolean> {
  const intent = await lockIntentOfOrder(tx, orderId)
  if (intent && !mayPay(intent.state)) return false
  await closeIntent(tx, orderId)
  return true
}
