import { type RefundReason, refundReasons } from '@janta/contracts'
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { emit } from '#kernel/events'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { findRefundable } from './find-refundable.ts'
import { expectedBy } from './refund-clock.ts'
import { findSettings } from './settings.ts'

export interface RefundToWrite {
  readonly intentId: string
  readonly paymentId: string
  readonly amountPaise: number
  readonly reason: RefundReason
  readonly key: string
  readonly note?: string | undefined
  /** Waits for a second person instead of being sent. */
  readonly isProposed?: boolean
}

/**
 * Promises money back and has a job send it. The intent is locked by the caller. The same key answers the refund it
 * made before; the same key for another amount is refused (`conflict`), and so is more than was captured, counting
 * everything promised before (`refund_exceeds_payment`).
 */
export async function writeRefund(
  tx: Tx,
  caller: Caller,
  refund: RefundToWrite,
): Promise<{ id: string }> {
  assert(Number.isSafeInteger(refund.amountPaise) && refund.amountPaise > 0, 'a refund is positive')
  assert(refundReasons.includes(refund.reason), `${refund.reason} is no reason for a refund`)
  const before = await findRefundByKey(tx, refund)
  if (before) return before
  await promise(tx, refund)
  const id = newId()
  const state = refund.isProposed ? 'proposed' : 'asked'
  const { refundWorkingDays, today } = await findSettings(tx)
  await sql`
    insert into payments.refund
      (id, intent_id, payment_id, amount_paise, reason, key, state, note, asked_by, expected_by)
    values (${id}, ${refund.intentId}, ${refund.paymentId}, ${refund.amountPaise}, ${refund.reason}, ${refund.key},
      ${state}, ${refund.note ?? null}, ${caller.personId}::uuid,
      ${expectedBy(today, refundWorkingDays)})`.execute(tx)
  await sql`
    insert into payments.refund_seen (refund_id, state, actor_id)
    values (${id}, ${state}, ${caller.personId}::uuid)`.execute(tx)
  if (state === 'asked') await emit(tx, caller, 'payments.refund_asked', { refundId: id })
  return { id }
}

async function findRefundByKey(tx: Tx, refund: RefundToWrite): Promise<{ id: string } | undefined> {
  const { rows } = await sql<{ id: string; amountPaise: number }>`
    select id, amount_paise as "amountPaise" from payments.refund
    where intent_id = ${refund.intentId} and key = ${refund.key}`.execute(tx)
  const [before] = rows
  if (!before) return undefined
  if (before.amountPaise !== refund.amountPaise) {
    throw new Refusal(
      'conflict',
      'A refund for this cause was made already, of another amount. Look at the refunds of this order first.',
    )
  }
  return { id: before.id }
}

async function promise(tx: Tx, { paymentId, amountPaise }: RefundToWrite): Promise<void> {
  if ((await findRefundable(tx, paymentId)) < amountPaise) throw exceedsPayment()
  const { rows } = await sql`
    update payments.payment set promised_paise = promised_paise + ${amountPaise}
    where id = ${paymentId} and promised_paise + ${amountPaise} <= captured_paise
    returning id`.execute(tx)
  if (rows.length !== 1) throw exceedsPayment()
}

export const exceedsPayment = (): Refusal =>
  new Refusal(
    'refund_exceeds_payment',
    'More than was paid cannot go back. Look at what was refunded already, and refund the rest at most.',
  )
