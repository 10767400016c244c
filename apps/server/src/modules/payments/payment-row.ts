import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Tx } from '#kernel/transaction'
import type { PaymentSnapshot } from './gateway.ts'

export interface Payment {
  readonly id: string
  readonly intentId: string
  readonly state: PaymentSnapshot['state']
  readonly amountPaise: number
  readonly capturedPaise: number
  readonly promisedPaise: number
  readonly refundedPaise: number
  readonly heldReason: string | null
}

const columns = sql`
  id, intent_id as "intentId", state, amount_paise as "amountPaise", captured_paise as "capturedPaise",
  promised_paise as "promisedPaise", refunded_paise as "refundedPaise", held_reason as "heldReason"`

export async function lockPayment(tx: Tx, id: string): Promise<Payment | undefined> {
  const { rows } = await sql<Payment>`
    select ${columns} from payments.payment where id = ${id} for update`.execute(tx)
  return rows[0]
}

/** The payment as we know it, written down first when we hear of it for the first time. The intent is locked. */
export async function knowPayment(
  tx: Tx,
  intentId: string,
  snapshot: PaymentSnapshot,
): Promise<Payment> {
  await sql`
    insert into payments.payment (id, intent_id, state, amount_paise, currency, method, bank_reference)
    values (${snapshot.id}, ${intentId}, 'created', ${snapshot.amountPaise}, ${snapshot.currency},
      ${snapshot.method}, ${snapshot.bankReference})
    on conflict (id) do nothing`.execute(tx)
  const payment = await lockPayment(tx, snapshot.id)
  assert(payment, 'a payment was written and is not there')
  return payment
}

/** Waits for a person, once: the first reason is the one that is shown. */
export async function holdPayment(tx: Tx, id: string, reason: string): Promise<void> {
  await sql`
    update payments.payment set held_reason = ${reason}, held_at = kernel.now()
    where id = ${id} and held_at is null`.execute(tx)
}
