import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { lockIntent } from './intent-row.ts'
import { lockRefund, noteRefund, type Refund } from './refund-row.ts'

/**
 * The second look at a proposed refund, by anybody but who proposed it (`own_refund`): sends it, or withdraws it and
 * frees its amount. Refuses `refund_state_forbids` once it is decided. Answers the order's id.
 */
export async function decideRefund(
  database: Database,
  caller: Caller,
  { id, approve, note }: { id: string; approve: boolean; note?: string | undefined },
): Promise<string> {
  const decided = await inTransaction(database, caller, async tx => {
    const { refund, orderId } = await lockWithIntent(tx, id)
    if (refund.state !== 'proposed') throw refundDecided()
    if (refund.askedBy === caller.personId) {
      throw new Refusal('own_refund', 'You proposed this refund. Ask somebody else to look at it.')
    }
    const state = approve ? 'asked' : 'withdrawn'
    await sql`
      update payments.refund set state = ${state}, decided_by = ${caller.personId}::uuid where id = ${id}`.execute(
      tx,
    )
    await noteRefund(tx, id, { state, actorId: caller.personId, ...(note && { note }) })
    if (approve) await emit(tx, caller, 'payments.refund_asked', { refundId: id })
    else {
      await sql`
        update payments.payment set promised_paise = promised_paise - ${refund.amountPaise}
        where id = ${refund.paymentId}`.execute(tx)
    }
    return { id, orderId }
  })
  return decided.orderId
}

/** A refund with its intent locked before it, as every writer does; refuses `not_found`. */
export async function lockWithIntent(
  tx: Tx,
  id: string,
): Promise<{ refund: Refund; orderId: string }> {
  const { rows } = await sql<{ intentId: string }>`
    select intent_id as "intentId" from payments.refund where id = ${id}`.execute(tx)
  const intent = rows[0] && (await lockIntent(tx, rows[0].intentId))
  const refund = intent && (await lockRefund(tx, id))
  if (refund) return { refund, orderId: intent.orderId }
  throw new Refusal('not_found', 'There is no such refund. Look at the order again.')
}

export const refundDecided = (): Refusal =>
  new Refusal('refund_state_forbids', 'This refund is decided already. Look at it again.')
