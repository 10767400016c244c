import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import type { GatewayKeys } from './gateway.ts'
import { readWebhook } from './read-webhook.ts'
import { isWebhookSigned } from './signature.ts'
import { recordTrouble } from './trouble.ts'

export interface WebhookArrived {
  readonly body: Buffer
  readonly signature: string
  /** Not signed, so it only spares work: the body's own hash is what tells a repeat. */
  readonly eventId: string | undefined
}

const caller = systemCaller('payments.receive_webhook')

/**
 * Takes a webhook in: verified on the bytes as they came, before anything reads them; kept once by event id and by
 * body; worked on by a job. One insert, so the answer is out long before the gateway's five seconds. A wrong
 * signature is refused (`payment_not_verified`) and counted.
 */
export async function receiveWebhook(
  database: Database,
  keys: Pick<GatewayKeys, 'webhookSecret'>,
  { body, signature, eventId }: WebhookArrived,
): Promise<void> {
  if (!isWebhookSigned(signature, body, keys.webhookSecret)) {
    recordTrouble('webhook')
    throw new Refusal('payment_not_verified', 'This message is not signed with our secret.')
  }
  const { name, saidAt, snapshot } = readWebhook(body)
  const hash = createHash('sha256').update(body).digest()
  const id = eventId && eventId.length <= 100 ? eventId : hash.toString('hex')
  await inTransaction(database, caller, async tx => {
    const { rows } = await sql`
      insert into payments.webhook (event_id, body_hash, name, snapshot, said_at)
      values (${id}, ${hash}, ${name}, ${JSON.stringify(snapshot)}::jsonb, ${saidAt})
      on conflict do nothing returning event_id`.execute(tx)
    if (rows.length === 1) await emit(tx, caller, 'payments.webhook_received', { webhookId: id })
  })
}
