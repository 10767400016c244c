import {
  type CancelReason,
  type Fulfilment,
  heldStates,
  mayOrder,
  type Order,
  type OrderReturn,
  type OrderState,
  type PaymentMethod,
  prescriptionRoundsMax,
  returnWithinDays,
} from '@janta/contracts'
import { sql } from 'kysely'
import type { Language, Reader } from '#modules/catalogue'
import { findDispensed } from '#modules/dispensing'
import { findNames } from '#modules/identity'
import { type FoundIntent, findIntents } from '#modules/payments'
import { findReviews } from '#modules/prescriptions'
import { findUses } from '#modules/promotions'
import { findReservations, type Reservation } from '#modules/stock'
import { discountOf } from './find-cart.ts'
import { findReturnsOf } from './find-returns.ts'
import { orderNotFound } from './order-step.ts'
import { type OrderHead, orderColumns, summaryOf } from './order-summary.ts'

const dayMs = 86_400_000

interface OrderFound extends OrderHead {
  readonly itemsPaise: number
  readonly language: Language
  readonly now: Date
  readonly discountPaise: number
  readonly roundOffPaise: number
  readonly deliveryFeePaise: number
  readonly paymentMethod: PaymentMethod
  readonly creditPaise: number
  readonly fulfilment: Fulfilment
  readonly heldUntil: Date
  readonly promisedFrom: Date
  readonly promisedBy: Date
  readonly recipientName: string
  readonly mobile: string
  readonly line1: string
  readonly line2: string | null
  readonly landmark: string | null
  readonly city: string
  readonly pin: string
  readonly district: string
  readonly region: string
}

interface LineFound {
  readonly line: number
  readonly medicineId: string
  readonly name: string
  readonly packLabel: string
  readonly quantity: number
  readonly units: number | null
  readonly askedQuantity: number | null
  readonly needsPrescription: boolean
  readonly shownPricePaise: number
  readonly pricePaise: number
  readonly amountPaise: number
  readonly discountPaise: number
}

interface EventFound {
  readonly state: OrderState
  readonly at: Date
  readonly actorKind: 'customer' | 'staff' | 'system'
  readonly actorId: string | null
  readonly reason: CancelReason | null
}

export interface OrderWithHolds {
  readonly order: Order
  /** What still lies on the shelf for it; empty once packed or cancelled. */
  readonly reservations: readonly Reservation[]
  readonly lines: readonly LineFound[]
}

/**
 * One order with its lines, batches and timeline. With a person given, only her own is found; anybody else's is
 * refused `not_found`, as if it did not exist.
 */
export async function findOrder(
  db: Reader,
  id: string,
  personId: string | null,
): Promise<OrderWithHolds> {
  const { rows } = await sql<OrderFound>`
    select ${orderColumns}, items_paise as "itemsPaise", language, kernel.now() as now, discount_paise as "discountPaise",
      round_off_paise as "roundOffPaise", delivery_fee_paise as "deliveryFeePaise",
      payment_method as "paymentMethod", credit_paise as "creditPaise", fulfilment, held_until as "heldUntil", promised_from as "promisedFrom", promised_by as "promisedBy",
      recipient_name as "recipientName", mobile, line1, line2, landmark, city, pin, district, region
    from ordering.order
    where id = ${id} and (${personId}::uuid is null or person_id = ${personId}::uuid)`.execute(db)
  const [found] = rows
  if (!found) throw orderNotFound()
  const [lines, events, reservations, dispensed, reviews, intents, uses, returns] =
    await Promise.all([
      findOrderLines(db, id),
      findEvents(db, id),
      findReservations(db, [id]),
      findDispensed(db, [id]),
      findReviews(db, [id]),
      findIntents(db, [id]),
      findUses(db, id),
      findReturnsOf(db, id),
    ])
  const batches = dispensed.length > 0 ? dispensed : reservations
  const review = reviews.get(id)
  const isWaiting = (heldStates as readonly OrderState[]).includes(found.state)
  const order: Order = {
    ...summaryOf(found),
    lines: lines.map(line => orderLineOf(line, batches, review?.lines)),
    itemsPaise: found.itemsPaise,
    discounts: uses.map(one => discountOf(one, found.language)),
    discountPaise: found.discountPaise,
    roundOffPaise: found.roundOffPaise,
    deliveryFeePaise: found.deliveryFeePaise,
    paymentMethod: found.paymentMethod,
    creditPaise: found.creditPaise,
    fulfilment: found.fulfilment,
    heldUntil: isWaiting ? found.heldUntil.toISOString() : null,
    payment: paymentOf(found.paymentMethod, intents.get(id)),
    address: addressOf(found),
    promisedFrom: found.promisedFrom.toISOString(),
    promisedBy: found.promisedBy.toISOString(),
    ...(await historyOf(db, events)),
    mayCancel: mayOrder('cancel_by_customer', found.state),
    mayReturn: found.state === 'delivered' && mayReturnStill(events, returns, found.now),
    returns,
    mayPay: mayOrder('pay', found.state),
    mayChoose: mayOrder('choose', found.state),
    mayAddPrescription: mayAddPrescription(found.state, events),
  }
  return { order, reservations, lines }
}

function mayAddPrescription(state: OrderState, events: readonly EventFound[]): boolean {
  const rounds = events.filter(one => one.state === 'awaiting_prescription').length
  // While a pharmacist still looks, a sharper photo is no further round.
  const isRoundLeft = state === 'awaiting_prescription' || rounds < prescriptionRoundsMax
  return isRoundLeft && mayOrder('add_prescription', state)
}

function mayReturnStill(
  events: readonly EventFound[],
  returns: readonly OrderReturn[],
  now: Date,
): boolean {
  const delivered = events.find(one => one.state === 'delivered')
  if (!delivered || returns.some(one => one.state === 'asked')) return false
  return now.getTime() - delivered.at.getTime() <= returnWithinDays * dayMs
}

async function findOrderLines(db: Reader, orderId: string): Promise<LineFound[]> {
  const { rows } = await sql<LineFound>`
    select line, pack_id as "medicineId", name, pack_label as "packLabel", quantity, units,
      asked_quantity as "askedQuantity", needs_prescription as "needsPrescription", shown_price_paise as "shownPricePaise", price_paise as "pricePaise", amount_paise as "amountPaise",
      discount_paise as "discountPaise"
    from ordering.order_line where order_id = ${orderId} order by line`.execute(db)
  return rows
}

async function findEvents(db: Reader, orderId: string): Promise<EventFound[]> {
  const { rows } = await sql<EventFound>`
    select state, at, actor_kind as "actorKind", actor_id as "actorId", reason
    from ordering.order_event where order_id = ${orderId} order by id`.execute(db)
  return rows
}

type BatchTaken = { packId: string; batchNumber: string; expiry: string; packs: number }

type Verdict = NonNullable<Order['lines'][number]['verdict']>
type Reviewed = {
  line: number
  approvedPacks: number | null
  approvedUnits: number | null
  verdict: Verdict['verdict'] | null
  code: string | null
}

function orderLineOf(
  found: LineFound,
  batches: readonly BatchTaken[],
  reviewed: readonly Reviewed[] = [],
): Order['lines'][number] {
  const { line: number, shownPricePaise, askedQuantity, units, ...line } = found
  const said = reviewed.find(one => one.line === number)
  return {
    ...line,
    ...(units === null ? {} : { units }),
    ...(askedQuantity === null ? {} : { askedQuantity }),
    verdict: said?.verdict ? verdictOf(said, said.verdict) : null,
    ...(shownPricePaise > line.pricePaise ? { shownPricePaise } : {}),
    batches: batches
      .filter(batch => batch.packId === line.medicineId)
      .map(({ batchNumber, expiry, packs }) => ({ batchNumber, expiry, packs })),
  }
}

function verdictOf(said: Reviewed, verdict: Verdict['verdict']): Verdict {
  const { approvedPacks, approvedUnits, code } = said
  const cut = approvedUnits === null ? {} : { approvedUnits }
  return { verdict, approvedPacks: approvedPacks ?? 0, ...cut, code }
}

function paymentOf(
  method: Order['paymentMethod'],
  intent: FoundIntent | undefined,
): Order['payment'] {
  if (!intent) return null
  // The question at the bank of an order that is paid in cash after all: only money that came there is told of.
  if (method === 'cash_on_delivery' && intent.capturedPaise === 0) return null
  return {
    state: intent.state,
    amountPaise: intent.amountPaise,
    paidPaise: intent.capturedPaise,
    refunds: intent.refunds.map(refund => ({
      amountPaise: refund.amountPaise,
      state: refund.state,
      askedAt: refund.askedAt.toISOString(),
      expectedBy: refund.expectedBy,
      bankReference: refund.bankReference,
    })),
  }
}

function addressOf(found: OrderFound): Order['address'] {
  const { recipientName, mobile, line1, line2, landmark, city, pin, district } = found
  return {
    recipientName,
    mobile,
    line1,
    ...(line2 === null ? {} : { line2 }),
    ...(landmark === null ? {} : { landmark }),
    city,
    pin,
    district,
    state: found.region,
  }
}

/** Staff are named by what they are; the customer and the machinery are not named on a timeline. */
async function historyOf(
  db: Reader,
  events: readonly EventFound[],
): Promise<Pick<Order, 'timeline' | 'cancellation'>> {
  const staffIds = events.flatMap(one => (one.actorKind === 'staff' ? (one.actorId ?? []) : []))
  const names = await findNames(db, [...new Set(staffIds)])
  const nameOf = (event: EventFound) =>
    event.actorKind === 'staff' ? (names.get(event.actorId ?? '') ?? 'Staff') : null
  const cancelled = events.find(one => one.state === 'cancelled')
  return {
    timeline: events.map(event => ({
      state: event.state,
      at: event.at.toISOString(),
      by: nameOf(event),
    })),
    cancellation: cancelled?.reason
      ? {
          reason: cancelled.reason,
          by: nameOf(cancelled) ?? cancelled.actorKind,
          at: cancelled.at.toISOString(),
        }
      : null,
  }
}
