import { type CancelReason, mayOrder, type Order, type OrderState } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { findDispensed } from '#modules/dispensing'
import { findNames } from '#modules/identity'
import { findReservations, type Reservation } from '#modules/stock'
import { orderNotFound } from './order-step.ts'
import { type OrderHead, orderColumns, summaryOf } from './order-summary.ts'

interface OrderFound extends OrderHead {
  readonly itemsPaise: number
  readonly deliveryFeePaise: number
  readonly paymentMethod: 'cash_on_delivery'
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
  readonly shownPricePaise: number
  readonly pricePaise: number
  readonly amountPaise: number
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
    select ${orderColumns}, items_paise as "itemsPaise", delivery_fee_paise as "deliveryFeePaise",
      payment_method as "paymentMethod", promised_from as "promisedFrom", promised_by as "promisedBy",
      recipient_name as "recipientName", mobile, line1, line2, landmark, city, pin, district, region
    from ordering.order
    where id = ${id} and (${personId}::uuid is null or person_id = ${personId}::uuid)`.execute(db)
  const [found] = rows
  if (!found) throw orderNotFound()
  const [lines, events, reservations, dispensed] = await Promise.all([
    findOrderLines(db, id),
    findEvents(db, id),
    findReservations(db, [id]),
    findDispensed(db, [id]),
  ])
  const batches = dispensed.length > 0 ? dispensed : reservations
  const order: Order = {
    ...summaryOf(found),
    lines: lines.map(line => orderLineOf(line, batches)),
    itemsPaise: found.itemsPaise,
    deliveryFeePaise: found.deliveryFeePaise,
    paymentMethod: found.paymentMethod,
    address: addressOf(found),
    promisedFrom: found.promisedFrom.toISOString(),
    promisedBy: found.promisedBy.toISOString(),
    ...(await historyOf(db, events)),
    mayCancel: mayOrder('cancel_by_customer', found.state),
  }
  return { order, reservations, lines }
}

async function findOrderLines(db: Reader, orderId: string): Promise<LineFound[]> {
  const { rows } = await sql<LineFound>`
    select line, pack_id as "medicineId", name, pack_label as "packLabel", quantity,
      shown_price_paise as "shownPricePaise", price_paise as "pricePaise", amount_paise as "amountPaise"
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

function orderLineOf(found: LineFound, batches: readonly BatchTaken[]): Order['lines'][number] {
  const { line: _, shownPricePaise, ...line } = found
  return {
    ...line,
    ...(shownPricePaise > line.pricePaise ? { shownPricePaise } : {}),
    batches: batches
      .filter(batch => batch.packId === line.medicineId)
      .map(({ batchNumber, expiry, packs }) => ({ batchNumber, expiry, packs })),
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
