import { mayMoveRefund } from '@janta/contracts'
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { emit } from '#kernel/events'
import type { Tx } from '#kernel/transaction'
import { findRefundable } from './find-refundable.ts'
import type { RefundSnapshot } from './gateway.ts'
import { type Intent, lockIntent } from './intent-row.ts'
import { holdPayment, lockPayment, type Payment } from './payment-row.ts'
import { lockRefund, noteRefund, readSendingKey, type Refund } from './refund-row.ts'
import { recordTrouble } from './trouble.ts'
import { writeRefund } from './write-refund.ts'

/**
 * The one way in for what is known of a refund: the answer to our sending, a webhook or our own asking, any number of
 * times and in any order. A refund begun by hand at the gateway is written down as one of ours. Answers false for a
 * payment that is not ours.
 */
export async function applyRefund(
  tx: Tx,
  caller: Caller,
  snapshot: RefundSnapshot,
): Promise<boolean> {
  const intent = await lockIntentOfPayment(tx, snapshot.paymentId)
  const payment = intent && (await lockPayment(tx, snapshot.paymentId))
  if (!intent || !payment) return false
  // What the gateway gives back without it ever having been ours is no refund of ours.
  if (payment.state !== 'captured') return true
  const refund = await findRefund(tx, caller, payment, snapshot)
  if (!refund) return true
  if (refund.amountPaise !== snapshot.amountPaise) return await callPerson(tx, payment)
  const sending = readSendingKey(snapshot.receipt)
  const isOldTry = sending !== null && sending.tries < refund.tries
  if (isOldTry) return snapshot.state === 'settled' ? await callPerson(tx, payment) : true
  await follow(tx, caller, { intent, payment, refund }, snapshot)
  return true
}

async function lockIntentOfPayment(tx: Tx, paymentId: string): Promise<Intent | undefined> {
  const { rows } = await sql<{ intentId: string }>`
    select intent_id as "intentId" from payments.payment where id = ${paymentId}`.execute(tx)
  return rows[0] && (await lockIntent(tx, rows[0].intentId))
}

async function findRefund(
  tx: Tx,
  caller: Caller,
  payment: Payment,
  snapshot: RefundSnapshot,
): Promise<Refund | undefined> {
  const sending = readSendingKey(snapshot.receipt)
  const ours = sending && (await lockRefund(tx, sending.id))
  if (ours && ours.paymentId === payment.id) return ours
  const { rows } = await sql<{ id: string }>`
    select id from payments.refund where gateway_refund_id = ${snapshot.id}`.execute(tx)
  if (rows[0]) return await lockRefund(tx, rows[0].id)
  return await adopt(tx, caller, payment, snapshot)
}

/** Somebody gave money back at the gateway itself. When ours are promised or kept as credit beyond it, a person is called. */
async function adopt(tx: Tx, caller: Caller, payment: Payment, snapshot: RefundSnapshot) {
  if (snapshot.state === 'failed') return undefined
  if ((await findRefundable(tx, payment.id)) < snapshot.amountPaise) {
    await callPerson(tx, payment)
    return undefined
  }
  const { id } = await writeRefund(tx, caller, {
    intentId: payment.intentId,
    paymentId: payment.id,
    amountPaise: snapshot.amountPaise,
    reason: 'given_at_gateway',
    key: `gateway:${snapshot.id}`,
    isProposed: true,
  })
  // It is at the gateway already, so no job sends it.
  await sql`
    update payments.refund set state = 'asked', gateway_refund_id = ${snapshot.id} where id = ${id}`.execute(
    tx,
  )
  const refund = await lockRefund(tx, id)
  assert(refund, 'a refund was written and is not there')
  return refund
}

async function callPerson(tx: Tx, payment: Payment): Promise<true> {
  await holdPayment(tx, payment.id, 'refund_differs')
  recordTrouble('refund')
  return true
}

interface Known {
  readonly intent: Intent
  readonly payment: Payment
  readonly refund: Refund
}

async function follow(tx: Tx, caller: Caller, known: Known, snapshot: RefundSnapshot) {
  const { refund } = known
  await sql`
    update payments.refund set gateway_refund_id = ${snapshot.id},
      bank_reference = coalesce(${snapshot.bankReference}, bank_reference)
    where id = ${refund.id}`.execute(tx)
  if (!mayMoveRefund(refund.state, snapshot.state)) return
  await noteRefund(tx, refund.id, { state: snapshot.state, gatewayRefundId: snapshot.id })
  await sql`
    update payments.refund set state = ${snapshot.state},
      sent_at = coalesce(sent_at, kernel.now()),
      settled_at = case when ${snapshot.state} = 'settled' then kernel.now() end,
      failed_at = case when ${snapshot.state} = 'failed' then kernel.now() end
    where id = ${refund.id}`.execute(tx)
  if (snapshot.state === 'failed') recordTrouble('refund')
  if (snapshot.state === 'settled') await settleRefund(tx, caller, known)
}

/** The bank has it: the payment and, where it pays the order, the intent say so. */
export async function settleRefund(tx: Tx, caller: Caller, known: Known): Promise<void> {
  const { intent, payment, refund } = known
  const { rows } = await sql<{ isAll: boolean }>`
    update payments.payment set refunded_paise = refunded_paise + ${refund.amountPaise}
    where id = ${payment.id} returning refunded_paise = captured_paise as "isAll"`.execute(tx)
  if (intent.paidBy === payment.id) {
    const state = rows[0]?.isAll ? 'refunded' : 'part_refunded'
    await sql`update payments.intent set state = ${state} where id = ${intent.id}`.execute(tx)
  }
  await emit(tx, caller, 'payments.refund_settled', {
    orderId: intent.orderId,
    refundId: refund.id,
    amountPaise: refund.amountPaise,
  })
}
