import type { IntentState, RefundReason, RefundState } from '@janta/contracts'
import { sql } from 'kysely'
import type { Day } from '#kernel/day'
import type { Reader } from './intent-row.ts'

export interface FoundRefund {
  readonly refundId: string
  readonly amountPaise: number
  readonly reason: RefundReason
  readonly state: RefundState
  readonly askedAt: Date
  readonly sentAt: Date | null
  readonly settledAt: Date | null
  readonly expectedBy: Day | null
  readonly bankReference: string | null
}

export interface FoundIntent {
  readonly intentId: string
  readonly state: IntentState
  readonly amountPaise: number
  /** Of the payment that pays the order; a second payment of the same order is given back and not counted. */
  readonly capturedPaise: number
  /** What the bank says it has given back of it. */
  readonly refundedPaise: number
  /** What is decided to go back, settled or not; never more than captured. */
  readonly promisedPaise: number
  /** Captured, and neither promised back nor kept as store credit. */
  readonly refundablePaise: number
  readonly expiresAt: Date
  readonly isClosed: boolean
  readonly refunds: readonly FoundRefund[]
}

/** What was asked, paid and given back, by order; orders that never asked for money online are left out. */
export async function findIntents(
  db: Reader,
  orderIds: readonly string[],
): Promise<Map<string, FoundIntent>> {
  const { rows } = await sql<Omit<FoundIntent, 'refunds'> & { orderId: string }>`
    select intent.order_id as "orderId", intent.id as "intentId", intent.state,
      intent.amount_paise as "amountPaise", coalesce(payment.captured_paise, 0) as "capturedPaise",
      coalesce(payment.refunded_paise, 0) as "refundedPaise",
      coalesce(payment.promised_paise, 0) as "promisedPaise",
      coalesce(payment.captured_paise, 0) - coalesce(payment.promised_paise, 0) - coalesce((
        select sum(amount_paise) from payments.credit_entry
        where order_id = intent.order_id and kind = 'refunded'), 0)::bigint as "refundablePaise", intent.expires_at as "expiresAt",
      intent.closed_at is not null as "isClosed"
    from payments.intent left join payments.payment on payment.id = intent.paid_by
    where intent.order_id = any(${orderIds}::uuid[])`.execute(db)
  const refunds = await findRefunds(
    db,
    rows.map(row => row.intentId),
  )
  return new Map(
    rows.map(({ orderId, ...row }) => [
      orderId,
      { ...row, refunds: refunds.get(row.intentId) ?? [] },
    ]),
  )
}

const refundsMax = 1_000

async function findRefunds(
  db: Reader,
  intentIds: readonly string[],
): Promise<Map<string, FoundRefund[]>> {
  const { rows } = await sql<FoundRefund & { intentId: string }>`
    select intent_id as "intentId", id as "refundId", amount_paise as "amountPaise", reason, state,
      asked_at as "askedAt", sent_at as "sentAt", settled_at as "settledAt", expected_by as "expectedBy",
      bank_reference as "bankReference"
    from payments.refund where intent_id = any(${intentIds}::uuid[])
    order by asked_at, id limit ${refundsMax}`.execute(db)
  const found = new Map<string, FoundRefund[]>(intentIds.map(id => [id, []]))
  for (const { intentId, ...refund } of rows) found.get(intentId)?.push(refund)
  return found
}
