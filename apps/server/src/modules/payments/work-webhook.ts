import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { inTransaction, type Tx } from '#kernel/transaction'
import { applyRefund } from './apply-refund.ts'
import { applySnapshot } from './apply-snapshot.ts'
import type { WebhookSaid } from './read-webhook.ts'

const caller = systemCaller('payments.work_webhook')

interface Kept {
  readonly snapshot: WebhookSaid['snapshot']
  readonly isStale: boolean
}

/**
 * Works on a webhook that was taken in, once. One said more than a day before it came is past the gateway's own
 * repeats: it is not believed any more, only a reason to ask the gateway itself.
 */
export async function workWebhook(database: Database, webhookId: string): Promise<void> {
  await inTransaction(database, caller, async tx => {
    const { rows } = await sql<Kept>`
      select snapshot, received_at - said_at > interval '25 hours' as "isStale"
      from payments.webhook where event_id = ${webhookId} and worked_at is null for update`.execute(
      tx,
    )
    const [kept] = rows
    if (!kept) return
    if (kept.isStale) await askInstead(tx, kept)
    else await take(tx, kept)
    await sql`
      update payments.webhook set worked_at = kernel.now() where event_id = ${webhookId}`.execute(
      tx,
    )
  })
}

async function take(tx: Tx, { snapshot: { payment, refund } }: Kept): Promise<void> {
  if (payment) await applySnapshot(tx, caller, payment, 'webhook')
  if (refund) await applyRefund(tx, caller, refund)
}

async function askInstead(tx: Tx, { snapshot: { payment, refund } }: Kept): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from payments.intent where gateway_order_id = ${payment?.gatewayOrderId ?? null}::text
    union all
    select intent_id from payments.payment where id = ${refund?.paymentId ?? null}::text`.execute(
    tx,
  )
  for (const { id } of rows) await emit(tx, caller, 'payments.return_seen', { intentId: id })
}
