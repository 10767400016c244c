import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { inTransaction } from '#kernel/transaction'
import { lockRefund, noteRefund } from './refund-row.ts'
import { recordTrouble } from './trouble.ts'

export const refundTriesMax = 3
const perRunMax = 200
const caller = systemCaller('payments.sweep_refunds')

/**
 * Picks up what was left lying: a refund asked for and not sent for a quarter of an hour is given a job again; one
 * the bank refused an hour ago is tried anew, three times in all; then a person is called, once. Answers the ids that
 * were given a job.
 */
export async function sweepRefunds(database: Database): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from payments.refund
    where state = 'asked' and gateway_refund_id is null and asked_at <= kernel.now() - interval '15 minutes'
      or state = 'failed' and failed_at <= kernel.now() - interval '1 hour' and alarmed_at is null
    order by asked_at limit ${perRunMax}`.execute(database.reads)
  const sent: string[] = []
  for (const { id } of rows) {
    const isSent = await inTransaction(database, caller, async tx => {
      const refund = await lockRefund(tx, id)
      if (refund?.state === 'failed' && refund.tries >= refundTriesMax) {
        recordTrouble('refund')
        await sql`
          update payments.refund set alarmed_at = kernel.now()
          where id = ${id} and alarmed_at is null`.execute(tx)
        return false
      }
      if (refund?.state === 'failed') {
        await noteRefund(tx, id, { state: 'asked' })
        await sql`
          update payments.refund set state = 'asked', tries = tries + 1, gateway_refund_id = null, failed_at = null
          where id = ${id}`.execute(tx)
      } else if (refund?.state !== 'asked') return false
      await emit(tx, caller, 'payments.refund_asked', { refundId: id })
      return true
    })
    if (isSent) sent.push(id)
  }
  return sent
}
