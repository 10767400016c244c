import type { RefundState } from '@janta/contracts'
import { sql } from 'kysely'
import type { Tx } from '#kernel/transaction'

export interface Refund {
  readonly id: string
  readonly intentId: string
  readonly paymentId: string
  readonly amountPaise: number
  readonly state: RefundState
  readonly tries: number
  readonly gatewayRefundId: string | null
  readonly askedBy: string | null
}

export async function lockRefund(tx: Tx, id: string): Promise<Refund | undefined> {
  const { rows } = await sql<Refund>`
    select id, intent_id as "intentId", payment_id as "paymentId", amount_paise as "amountPaise", state, tries,
      gateway_refund_id as "gatewayRefundId", asked_by as "askedBy"
    from payments.refund where id = ${id} for update`.execute(tx)
  return rows[0]
}

/** What is sent to the gateway as idempotency key and receipt: this refund, this try (38 characters, 40 allowed). */
export const sendingKey = ({ id, tries }: Pick<Refund, 'id' | 'tries'>): string => `${id}-${tries}`

/** The refund and the try a receipt names; null for a receipt that is not ours. */
export function readSendingKey(receipt: string | null): { id: string; tries: number } | null {
  const found = /^([0-9a-f-]{36})-([1-9][0-9]?)$/.exec(receipt ?? '')
  return found ? { id: found[1] ?? '', tries: Number(found[2]) } : null
}

/** Writes the state with its history; the trail of a refund is read out to the customer and to his bank. */
export async function noteRefund(
  tx: Tx,
  id: string,
  seen: { state: RefundState; gatewayRefundId?: string; note?: string; actorId?: string | null },
): Promise<void> {
  await sql`
    insert into payments.refund_seen (refund_id, state, gateway_refund_id, note, actor_id)
    values (${id}, ${seen.state}, ${seen.gatewayRefundId ?? null}, ${seen.note ?? null},
      ${seen.actorId ?? null}::uuid)`.execute(tx)
}
