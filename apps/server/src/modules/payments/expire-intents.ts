import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { inTransaction } from '#kernel/transaction'
import { lockIntent } from './intent-row.ts'

const perRunMax = 200
const caller = systemCaller('payments.expire')

/**
 * The time to pay is over: says so once (`payments.failed`, `isFinal: true`) for every intent nobody paid. An
 * authorised payment has a day more, because the bank already holds the money for us. Answers how many.
 */
export async function expireIntents(database: Database): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from payments.intent
    where state in ('created', 'failed') and expires_at <= kernel.now()
      or state = 'authorised' and expires_at <= kernel.now() - interval '1 day'
    order by expires_at limit ${perRunMax}`.execute(database.reads)
  let expired = 0
  for (const { id } of rows) {
    expired += await inTransaction(database, caller, async tx => {
      const intent = await lockIntent(tx, id)
      const isStill = intent && ['created', 'failed', 'authorised'].includes(intent.state)
      if (!isStill || !intent.isLate) return 0
      await sql`update payments.intent set state = 'expired' where id = ${id}`.execute(tx)
      const { orderId } = intent
      if (intent.closedAt === null)
        await emit(tx, caller, 'payments.failed', { orderId, intentId: id, isFinal: true })
      return 1
    })
  }
  return expired
}
