import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { applyRefund } from './apply-refund.ts'
import { type Gateway, GatewayRefused, type RefundSnapshot } from './gateway.ts'
import { lockRefund, noteRefund, type Refund, sendingKey } from './refund-row.ts'
import { recordTrouble } from './trouble.ts'

const caller = systemCaller('payments.send_refund')

/**
 * Sends a refund that was asked for. May run any number of times, in several workers, and may die at any step: the
 * gateway knows the try by its key and answers the same refund again. No answer throws, so that the job is tried
 * again; a no is written down, and the sweep tries once more under a new key.
 */
export async function sendRefund(database: Database, gateway: Gateway, id: string): Promise<void> {
  const refund = await findAsked(database, id)
  if (!refund) return
  const answer = await send(gateway, refund)
  await inTransaction(database, caller, async tx => {
    if (!(answer instanceof GatewayRefused)) return await applyRefund(tx, caller, answer)
    const now = await lockRefund(tx, id)
    if (now?.state !== 'asked' || now.tries !== refund.tries) return false
    recordTrouble('refund')
    await noteRefund(tx, id, { state: 'failed', note: answer.reason.slice(0, 60) })
    await sql`
      update payments.refund set state = 'failed', failed_at = kernel.now() where id = ${id}`.execute(
      tx,
    )
    return true
  })
}

async function findAsked(database: Database, id: string): Promise<Refund | undefined> {
  const { rows } = await sql<Refund>`
    select id, payment_id as "paymentId", amount_paise as "amountPaise", state, tries
    from payments.refund where id = ${id} and state = 'asked' and gateway_refund_id is null`.execute(
    database.db,
  )
  return rows[0]
}

async function send(gateway: Gateway, refund: Refund): Promise<RefundSnapshot | GatewayRefused> {
  try {
    const { paymentId, amountPaise } = refund
    return await gateway.refund(paymentId, { amountPaise, key: sendingKey(refund) })
  } catch (error) {
    if (error instanceof GatewayRefused) return error
    throw error
  }
}
