import type { Fulfilment, OrderState, PaymentMethod, Serviceability } from '@janta/contracts'
import { sql } from 'kysely'
import type { PackFacts } from '#modules/catalogue'
import type { GivenOffer } from '#modules/promotions'
import type { Caller } from '#kernel/caller'
import type { Day } from '#kernel/day'
import type { Tx } from '#kernel/transaction'
import type { DeliveryAddress } from './address.ts'
import type { OrderTotal } from './order-total.ts'

export interface OrderToWrite {
  readonly id: string
  readonly cartId: string
  readonly version: string
  readonly personId: string
  readonly address: DeliveryAddress
  readonly lane: Pick<Serviceability, 'pin' | 'district' | 'state' | 'hoursMin' | 'hoursMax'>
  readonly fulfilment: Fulfilment
  readonly paymentMethod: PaymentMethod
  readonly creditPaise: number
  readonly state: OrderState
  /** How long its packs are held for the first state. */
  readonly holdHours: number
  /** The day in India by which the customer has them. */
  readonly deliveredOn: Day
  readonly storeId: string
  readonly lines: readonly {
    readonly packId: string
    readonly quantity: number
    readonly pricePaise: number
    readonly needsPrescription: boolean
    readonly discountPaise: number
    readonly pack: PackFacts
    /** How long the treatment lasts, where a prescription says so. */
    readonly courseDays?: number | null
  }[]
  readonly total: OrderTotal
  readonly given: readonly GivenOffer[]
  /** Of its papers. */
  readonly language: 'en' | 'hi'
}

/**
 * Writes the order, its lines and its first event, and closes its cart: one statement. Returns its serial; people say it
 * as `orderNumber` prints it.
 */
export async function writeOrder(tx: Tx, caller: Caller, order: OrderToWrite): Promise<number> {
  const { address, lane, total } = order
  const packs = order.lines.reduce((sum, line) => sum + line.quantity, 0)
  const { rows } = await sql<{ serial: number }>`
    with placed as (
      insert into ordering.order (id, person_id, cart_id, cart_version, state, fulfilment, held_until,
        promised_from, promised_by, store_id, items_paise, discount_paise, delivery_fee_paise, payment_method, credit_paise, packs, language,
        recipient_name, mobile, line1, line2, landmark, city, pin, district, region)
      values (${order.id}, ${order.personId}, ${order.cartId}, ${order.version},
        ${order.state}, ${order.fulfilment}, kernel.now() + make_interval(hours => ${order.holdHours}),
        kernel.now() + make_interval(hours => ${lane.hoursMin}),
        kernel.now() + make_interval(hours => ${lane.hoursMax}),
        ${order.storeId}, ${total.itemsPaise}, ${total.discountPaise}, ${total.deliveryFeePaise}, ${order.paymentMethod}, ${order.creditPaise},
        ${packs}, ${order.language},
        ${address.recipientName}, ${address.mobile}, ${address.line1}, ${address.line2}, ${address.landmark},
        ${address.city}, ${lane.pin}, ${lane.district}, ${lane.state})
      returning id, number as serial
    ), lines as (
      insert into ordering.order_line
        (order_id, line, pack_id, name, pack_label, quantity, shown_price_paise, price_paise, needs_prescription,
        discount_paise)
      select placed.id, line, pack_id, name, pack_label, quantity, price_paise, price_paise, needs_prescription,
        discount_paise
      from placed, jsonb_to_recordset(${linesJson(order)}::jsonb) as given (line integer, pack_id uuid, name text,
        pack_label text, quantity integer, price_paise bigint, needs_prescription boolean, discount_paise bigint)
    ), first as (
      insert into ordering.order_event (order_id, state, actor_kind, actor_id, request_id)
      select id, ${order.state}, 'customer', ${order.personId}, ${caller.requestId} from placed
    )
    update ordering.cart set state = 'ordered', touched_at = kernel.now()
    where id = ${order.cartId}
    returning (select serial from placed) as serial`.execute(tx)
  return rows[0]!.serial
}

function linesJson(order: OrderToWrite): string {
  return JSON.stringify(
    order.lines.map((line, index) => ({
      line: index + 1,
      pack_id: line.packId,
      name: line.pack.name,
      pack_label: line.pack.packLabel,
      quantity: line.quantity,
      price_paise: line.pricePaise,
      needs_prescription: line.needsPrescription,
      discount_paise: line.discountPaise,
    })),
  )
}
