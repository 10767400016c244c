import type { DeskPayment, DeskRefund, PaymentTry } from '@janta/contracts'
import { mayPay } from '@janta/contracts'
import { sql } from 'kysely'
import { findNames } from '#modules/identity'
import { Refusal } from '#kernel/refusal'
import { findIntents, type FoundIntent } from './find-intents.ts'
import type { Reader } from './intent-row.ts'
import { findSettings } from './settings.ts'
import { showRefund } from './show-payment.ts'

const triesMax = 100

interface RefundMore {
  id: string
  tries: number
  note: string | null
  askedBy: string | null
  needsPerson: boolean
}

/** Everything about the money of one order for whoever answers the customer's call; refuses `not_found`. */
export async function findDeskPayment(
  db: Reader,
  orderId: string,
  personId: string | null,
): Promise<DeskPayment> {
  const [found, { secondLookFromPaise }] = await Promise.all([
    findIntents(db, [orderId]),
    findSettings(db),
  ])
  const intent = found.get(orderId)
  if (!intent) {
    throw new Refusal(
      'not_found',
      'This order was not to be paid online. Look at its door payment.',
    )
  }
  const {
    refunds: _refunds,
    expiresAt,
    isClosed,
    promisedPaise: _promised,
    refundablePaise,
    ...shown
  } = intent
  return {
    ...shown,
    orderId,
    expiresAt: expiresAt.toISOString(),
    mayPay: mayPay(intent.state) && !isClosed,
    tries: await findTries(db, intent.intentId),
    refunds: await findDeskRefunds(db, intent, personId),
    refundablePaise,
    secondLookFromPaise,
  }
}

async function findTries(db: Reader, intentId: string): Promise<PaymentTry[]> {
  const { rows } = await sql<Omit<PaymentTry, 'firstSeenAt'> & { firstSeenAt: Date }>`
    select id, state, amount_paise as "amountPaise", currency, method, bank_reference as "bankReference",
      first_seen_at as "firstSeenAt", captured_paise as "capturedPaise", promised_paise as "promisedPaise",
      refunded_paise as "refundedPaise", held_reason as "heldReason", released_at is not null as "isReleased"
    from payments.payment where intent_id = ${intentId}
    order by first_seen_at, id limit ${triesMax}`.execute(db)
  return rows.map(row => ({ ...row, firstSeenAt: row.firstSeenAt.toISOString() }))
}

async function findDeskRefunds(
  db: Reader,
  intent: FoundIntent,
  personId: string | null,
): Promise<DeskRefund[]> {
  const { rows } = await sql<RefundMore>`
    select id, tries, note, asked_by as "askedBy", alarmed_at is not null and state = 'failed' as "needsPerson"
    from payments.refund where intent_id = ${intent.intentId}`.execute(db)
  const more = new Map(rows.map(row => [row.id, row]))
  const people = rows.map(row => row.askedBy).filter(one => one !== null)
  const names = await findNames(db, [...new Set(people)])
  return intent.refunds.map(refund => {
    const own = more.get(refund.refundId)
    const askedBy = own?.askedBy ?? null
    return {
      ...showRefund(refund),
      tries: own?.tries ?? 1,
      note: own?.note ?? null,
      askedBy: askedBy === null ? null : (names.get(askedBy) ?? null),
      needsPerson: own?.needsPerson ?? false,
      mayDecide: refund.state === 'proposed' && askedBy !== personId,
    }
  })
}
