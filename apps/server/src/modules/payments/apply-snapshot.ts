import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { emit } from '#kernel/events'
import type { Tx } from '#kernel/transaction'
import type { PaymentSnapshot } from './gateway.ts'
import { type Intent, lockIntentOfGatewayOrder } from './intent-row.ts'
import { judgeSnapshot, type Verdict } from './judge-snapshot.ts'
import { holdPayment, knowPayment } from './payment-row.ts'
import { recordTrouble } from './trouble.ts'
import { writeRefund } from './write-refund.ts'

/** Who told us: the customer's browser coming back, a webhook, our own asking, or the answer to our capture. */
export type Teller = 'redirect' | 'webhook' | 'reconciler' | 'capture'

/**
 * The one way in for what is known of a payment. Takes the same word any number of times, from anybody and in any
 * order, and counts it once: the intent is locked, a payment goes forward only, and each of its states is taken by
 * the first who tells it. Emits `payments.captured` at most once an intent. Answers false for an order of the gateway
 * that is not ours.
 */
export async function applySnapshot(
  tx: Tx,
  caller: Caller,
  snapshot: PaymentSnapshot,
  toldBy: Teller,
): Promise<boolean> {
  const intent = await lockIntentOfGatewayOrder(tx, snapshot.gatewayOrderId)
  if (!intent) return false
  const known = await knowPayment(tx, intent.id, snapshot)
  if (known.intentId !== intent.id) {
    recordTrouble('webhook')
    return false
  }
  const verdict = judgeSnapshot(intent, known, snapshot)
  await learnReference(tx, snapshot)
  if (verdict.act === 'nothing') return true
  await sql`
    insert into payments.payment_seen (payment_id, state, told_by)
    values (${snapshot.id}, ${snapshot.state}, ${toldBy}) on conflict do nothing`.execute(tx)
  await movePayment(tx, snapshot)
  await follow(tx, caller, intent, snapshot, verdict)
  return true
}

async function movePayment(tx: Tx, { id, state }: PaymentSnapshot): Promise<void> {
  await sql`
    update payments.payment set state = ${state},
      captured_at = case when ${state} = 'captured' then kernel.now() end,
      captured_paise = case when ${state} = 'captured' then amount_paise else 0 end
    where id = ${id}`.execute(tx)
}

/** Banks give their number late, sometimes after the capture; it is the customer's proof. */
async function learnReference(tx: Tx, { id, bankReference, method }: PaymentSnapshot) {
  await sql`
    update payments.payment set bank_reference = coalesce(bank_reference, ${bankReference}),
      method = coalesce(method, ${method})
    where id = ${id} and (bank_reference is null and ${bankReference}::text is not null
      or method is null and ${method}::text is not null)`.execute(tx)
}

async function follow(
  tx: Tx,
  caller: Caller,
  intent: Intent,
  snapshot: PaymentSnapshot,
  verdict: Verdict,
): Promise<void> {
  const { id: intentId, orderId } = intent
  if (verdict.act === 'move') {
    await sql`update payments.intent set state = ${verdict.to} where id = ${intentId}`.execute(tx)
    if (verdict.to === 'failed')
      await emit(tx, caller, 'payments.failed', { orderId, intentId, isFinal: false })
    else await emit(tx, caller, 'payments.authorised', { orderId, intentId })
  }
  if (verdict.act === 'hold') {
    await holdPayment(tx, snapshot.id, verdict.reason)
    recordTrouble('payment')
  }
  if (verdict.act === 'capture' || verdict.act === 'capture_and_refund') {
    await sql`
      update payments.intent set state = 'captured', paid_by = ${snapshot.id}
      where id = ${intentId}`.execute(tx)
  }
  if (verdict.act === 'capture') {
    const { amountPaise } = intent
    await emit(tx, caller, 'payments.captured', {
      orderId,
      intentId,
      amountPaise,
      late: verdict.isLate,
    })
  }
  if (verdict.act === 'capture_and_refund' || verdict.act === 'refund_second') {
    await writeRefund(tx, caller, {
      intentId,
      paymentId: snapshot.id,
      amountPaise: snapshot.amountPaise,
      reason: verdict.act === 'refund_second' ? 'paid_twice' : 'late_payment',
      key: `back:${snapshot.id}`,
    })
  }
}
