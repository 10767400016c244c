import { sql } from 'kysely'
import type { Database } from '#kernel/database'
import { GatewayAway, type Gateway } from './gateway.ts'
import { reconcileIntent } from './reconcile-intent.ts'
import { recordTrouble } from './trouble.ts'

const perRunMax = 200

/**
 * Looks at what should be decided by now, the longest unlooked first: an unpaid intent from a quarter of an hour after
 * it was opened, every ten minutes while it may be paid and hourly after that; a paid one once a day, because a second
 * payment or a refund at the gateway may have got lost, too. Five days after opening the gateway has voided what was
 * not captured. Answers how many were looked at; one that fails is counted and leaves the others their turn.
 */
export async function reconcilePayments(database: Database, gateway: Gateway): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from payments.intent
    where gateway_order_id is not null and opened_at > kernel.now() - interval '5 days'
      and opened_at <= kernel.now() - interval '15 minutes'
      and coalesce(looked_at, opened_at) <= kernel.now() - case
        when state in ('created', 'failed', 'authorised') then interval '10 minutes'
        when state = 'expired' then interval '1 hour'
        else interval '1 day' end
    order by coalesce(looked_at, opened_at), id limit ${perRunMax}`.execute(database.db)
  let looked = 0
  for (const { id } of rows) {
    try {
      await reconcileIntent(database, gateway, id)
      looked++
    } catch (error) {
      recordTrouble('reconciliation')
      // The gateway is away for all of them: the next run begins where this one stopped.
      if (error instanceof GatewayAway) throw error
    }
  }
  return looked
}
