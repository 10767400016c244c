import { type Static, Type } from 'typebox'
import { GivenDiscount } from './cart.ts'
import { endpoint } from './endpoint.ts'
import { cancelReasons, fulfilments, orderStates, paymentMethods } from './order-states.ts'
import { intentStates, refundStates } from './payment-states.ts'
import { OrderReturn } from './returns.ts'
import { Cursor, Id, Instant, Limit, Month, Paise, PinCode, oneOf } from './shapes.ts'

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
      /** Packs as the order stands; zero when none was approved. */
      quantity: Type.Integer(),
      /** Base units she gets and pays for, where a strip is cut so that they are fewer than the packs hold. */
      units: Type.Optional(Type.Integer()),
      /** Present when the customer asked for more than a pharmacist approved. */
      askedQuantity: Type.Optional(Type.Integer()),
      needsPrescription: Type.Boolean(),
      /** What the pharmacist said of a line that needs a prescription; null while nothing is said. */
      verdict: Type.Union([
        Type.Object({
          verdict: oneOf(['approved', 'reduced', 'refused']),
          approvedPacks: Type.Integer(),
          /** Base units, where the last of these packs is cut. */
          approvedUnits: Type.Optional(Type.Integer()),
          /** One of the contract's reasons, where less than asked was approved. */
          code: Type.Union([Type.String(), Type.Null()]),
        }),
        Type.Null(),
      ]),
      pricePaise: Paise,
      /** Present when a batch's lower MRP made the line cheaper than the price shown at checkout. */
      shownPricePaise: Type.Optional(Paise),
      amountPaise: Paise,
      /** Its share of the discounts. */
      discountPaise: Paise,
      /** The batches reserved or, once packed, the ones it left in. */
      batches: Type.Array(
        Type.Object({ batchNumber: Type.String(), expiry: Month, packs: Type.Integer() }),
      ),
    }),
  ),
  itemsPaise: Paise,
  /** Offers and coupons, frozen with the order, named in its own language. */
  discounts: Type.Array(GivenDiscount),
  discountPaise: Paise,
  deliveryFeePaise: Paise,
  /** What the cash was rounded by, once invoiced. */
  roundOffPaise: Type.Integer(),
  paymentMethod: oneOf(paymentMethods),
  fulfilment: oneOf(fulfilments),
  /** When the order ends by itself if nobody does what it waits for; null when it waits for nobody's time. */
  heldUntil: Type.Union([Instant, Type.Null()]),
  /** Of the total, paid with store credit. */
  creditPaise: Paise,
  /** What was asked and paid online; null for cash, and before it is asked. */
  payment: Type.Union([
    Type.Object({
      state: oneOf(intentStates),
      amountPaise: Paise,
      paidPaise: Paise,
      refunds: Type.Array(
        Type.Object({
          amountPaise: Paise,
          state: oneOf(refundStates),
          askedAt: Instant,
          /** The Indian day by which the bank should show it, as far as we know. */
          expectedBy: Type.Union([Type.String(), Type.Null()]),
          bankReference: Type.Union([Type.String(), Type.Null()]),
        }),
      ),
    }),
    Type.Null(),
  ]),
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
  /** Delivered packs may be given back, as long as this says. */
  mayReturn: Type.Boolean(),
  returns: Type.Array(OrderReturn),
  mayPay: Type.Boolean(),
  /** Part was approved, and the customer decides what becomes of the rest. */
  mayChoose: Type.Boolean(),
  /** Another paper may be laid before the pharmacist. */
  mayAddPrescription: Type.Boolean(),
})
export type Order = Static<typeof Order>

export const placeOrder = endpoint({
  method: 'POST',
  path: '/orders',
  summary:
    'Order what the cart holds: reserves in-date stock first-expiry-first, once per cart and key; prescription medicines wait for a pharmacist, online payment for the money',
  tag: 'ordering',
  status: 201,
  permission: 'signed_in',
  ownership: 'person',
  audit: 'ordering.order_placed',
  idempotent: true,
  body: Type.Object(
    {
      address: Address,
      paymentMethod: oneOf(paymentMethods),
      /** Absent: delivery. */
      fulfilment: Type.Optional(oneOf(fulfilments)),
      /** Needed when a line needs a prescription: the files to look at, and whom they are for (absent: the person). */
      prescription: Type.Optional(
        Type.Object(
          {
            uploadIds: Type.Array(Id, { minItems: 1, maxItems: 10, uniqueItems: true }),
            patientId: Type.Optional(Id),
          },
          { additionalProperties: false },
        ),
      ),
      /** So much of her store credit as the customer saw shall pay first; absent: none. */
      creditPaise: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000_00 })),
      /** Of the invoice and the messages. */
      language: Type.Optional(oneOf(['en', 'hi'])),
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
    'upload_not_ready',
    'not_found',
    'payment_amount_invalid',
    'coupon_used_up',
    'credit_changed',
    'medicine_not_sold_online',
    'medicine_unclassified',
    'medicine_not_delivered_here',
    'pin_code_invalid',
    'pin_code_not_served',
    'mobile_invalid',
    'address_incomplete',
    'cash_limit_exceeded',
    'cash_not_offered',
    'online_payment_off',
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
