import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { applyRefund } from './apply-refund.ts'
import type { Gateway } from './gateway.ts'

const perRunMax = 200
const caller = systemCaller('payments.look_at_refunds')

/** Asks the gateway about refunds it took a day ago and has not told the end of: their webhook may have got lost. */
export async function lookAtRefunds(database: Database, gateway: Gateway): Promise<void> {
  const { rows } = await sql<{ paymentId: string }>`
    select payment_id as "paymentId" from payments.refund
    where state = 'sent' and sent_at <= kernel.now() - interval '1 day'
    group by payment_id order by min(sent_at) limit ${perRunMax}`.execute(database.reads)
  for (const { paymentId } of rows) {
    for (const refund of await gateway.fetchRefundsOf(paymentId)) {
      await inTransaction(database, caller, tx => applyRefund(tx, caller, refund))
    }
  }
}
