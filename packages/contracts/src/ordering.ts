import { type Static, Type } from 'typebox'
import { MedicineCard } from './catalogue.ts'
import { endpoint } from './endpoint.ts'
import { cancelReasons, orderStates } from './order-states.ts'
import { Cursor, Id, Instant, Limit, Month, PackQuantity, Paise, PinCode, oneOf } from './shapes.ts'

export const CartLine = Type.Object({
  medicine: MedicineCard,
  quantity: PackQuantity,
  /** Price for the line now; null when the pack has no price or cannot be ordered. */
  amountPaise: Type.Union([Paise, Type.Null()]),
  /** What stands in the way of ordering this line, in a sentence; null when nothing does. */
  obstacle: Type.Union([
    Type.Object({ code: Type.String(), sentence: Type.String() }),
    Type.Null(),
  ]),
  /** The price when it was put in the cart, if it has changed since: told, never silent. */
  formerPricePaise: Type.Union([Paise, Type.Null()]),
})

export const Cart = Type.Object({
  id: Type.Union([Id, Type.Null()]),
  lines: Type.Array(CartLine),
  itemsPaise: Paise,
  mrpPaise: Paise,
  /** Changes whenever the cart or its prices do; checkout sends back the one the customer saw. */
  version: Type.String(),
  mayCheckOut: Type.Boolean(),
})
export type Cart = Static<typeof Cart>

const Language = Type.Optional(Type.Union([Type.Literal('en'), Type.Literal('hi')]))

export const getCart = endpoint({
  method: 'GET',
  path: '/cart',
  summary: 'The cart of this guest or person, at today’s prices',
  tag: 'ordering',
  status: 200,
  permission: 'public',
  ownership: 'cart_or_person',
  audit: 'none',
  query: Type.Object({ language: Language }),
  reply: Cart,
  refusals: [],
})

export const putCartLine = endpoint({
  method: 'PUT',
  path: '/cart/lines/:medicineId',
  summary: 'Set how many packs of one medicine the cart holds; zero takes it out',
  tag: 'ordering',
  status: 200,
  permission: 'public',
  ownership: 'cart_or_person',
  audit: 'none',
  params: Type.Object({ medicineId: Id }),
  query: Type.Object({ language: Language }),
  body: Type.Object({ quantity: PackQuantity }, { additionalProperties: false }),
  reply: Cart,
  refusals: [
    'malformed_request',
    'not_found',
    'medicine_not_sold_online',
    'quantity_invalid',
    'conflict',
  ],
})

/** Line 1 and the locality may be anything people write; a street number is never forced. */
export const Address = Type.Object(
  {
    recipientName: Type.String({ minLength: 1, maxLength: 80 }),
    mobile: Type.String({ minLength: 1, maxLength: 20 }),
    line1: Type.String({ minLength: 1, maxLength: 120 }),
    line2: Type.Optional(Type.String({ maxLength: 120 })),
    landmark: Type.Optional(Type.String({ maxLength: 120 })),
    city: Type.String({ minLength: 1, maxLength: 60 }),
    pin: PinCode,
  },
  { additionalProperties: false },
)
export type Address = Static<typeof Address>

const State = oneOf(orderStates)
const Reason = oneOf(cancelReasons)

export const OrderSummary = Type.Object({
  id: Id,
  /** For people and telephones, e.g. JP-20418. */
  number: Type.String(),
  state: State,
  placedAt: Instant,
  totalPaise: Paise,
  packs: Type.Integer(),
  firstLine: Type.String(),
  /** Since when it waits for goods because a recall took packs from it; null when it does not. */
  onHoldSince: Type.Union([Instant, Type.Null()]),
})
export type OrderSummary = Static<typeof OrderSummary>

export const Order = Type.Interface([OrderSummary], {
  lines: Type.Array(
    Type.Object({
      medicineId: Id,
      name: Type.String(),
      packLabel: Type.String(),
      quantity: Type.Integer(),
      pricePaise: Paise,
      /** Present when a batch's lower MRP made the line cheaper than the price shown at checkout. */
      shownPricePaise: Type.Optional(Paise),
      amountPaise: Paise,
      /** The batches reserved or, once packed, the ones it left in. */
      batches: Type.Array(
        Type.Object({ batchNumber: Type.String(), expiry: Month, packs: Type.Integer() }),
      ),
    }),
  ),
  itemsPaise: Paise,
  deliveryFeePaise: Paise,
  paymentMethod: Type.Literal('cash_on_delivery'),
  address: Type.Interface([Address], { district: Type.String(), state: Type.String() }),
  promisedFrom: Instant,
  promisedBy: Instant,
  timeline: Type.Array(
    Type.Object({
      state: State,
      at: Instant,
      /** Staff are named by what they are, e.g. "Pharmacist A. Sample"; null for the customer and the system. */
      by: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  cancellation: Type.Union([
    Type.Object({ reason: Reason, by: Type.String(), at: Instant }),
    Type.Null(),
  ]),
  mayCancel: Type.Boolean(),
})
export type Order = Static<typeof Order>

export const placeOrder = endpoint({
  method: 'POST',
  path: '/orders',
  summary:
    'Order what the cart holds, cash on delivery: reserves in-date stock first-expiry-first, once per cart and key',
  tag: 'ordering',
  status: 201,
  permission: 'signed_in',
  ownership: 'person',
  audit: 'ordering.order_placed',
  idempotent: true,
  body: Type.Object(
    {
      address: Address,
      paymentMethod: Type.Literal('cash_on_delivery'),
      /** `Cart.version` the customer reviewed. */
      cartVersion: Type.String({ maxLength: 100 }),
    },
    { additionalProperties: false },
  ),
  reply: Order,
  refusals: [
    'malformed_request',
    'sign_in_needed',
    'idempotency_key_missing',
    'idempotency_key_reused',
    'cart_empty',
    'cart_changed',
    'price_changed',
    'out_of_stock',
    'prescription_needed',
    'medicine_not_sold_online',
    'medicine_unclassified',
    'medicine_not_delivered_here',
    'pin_code_invalid',
    'pin_code_not_served',
    'mobile_invalid',
    'address_incomplete',
    'cash_limit_exceeded',
    'unavailable',
  ],
})

export const listMyOrders = endpoint({
  method: 'GET',
  path: '/orders',
  summary: 'The signed-in person’s orders, newest first',
  tag: 'ordering',
  status: 200,
  permission: 'signed_in',
  ownership: 'person',
  audit: 'none',
  query: Type.Object({ limit: Limit, before: Cursor }),
  reply: Type.Object({
    items: Type.Array(OrderSummary),
    next: Type.Union([Type.String(), Type.Null()]),
  }),
  refusals: ['malformed_request', 'sign_in_needed'],
})

export const getOrder = endpoint({
  method: 'GET',
  path: '/orders/:id',
  summary: 'One of the person’s orders with its timeline and batches',
  tag: 'ordering',
  status: 200,
  permission: 'signed_in',
  ownership: 'person',
  audit: 'none',
  params: Type.Object({ id: Id }),
  reply: Order,
  refusals: ['malformed_request', 'sign_in_needed', 'not_found'],
})

export const cancelOrder = endpoint({
  method: 'POST',
  path: '/orders/:id/cancellation',
  summary: 'Cancel an order before it is packed; the stock is free again at once',
  tag: 'ordering',
  status: 201,
  permission: 'signed_in',
  ownership: 'person',
  audit: 'ordering.order_cancelled',
  params: Type.Object({ id: Id }),
  body: Type.Object({ reason: Reason }, { additionalProperties: false }),
  reply: Order,
  refusals: ['malformed_request', 'sign_in_needed', 'not_found', 'order_state_forbids'],
})
