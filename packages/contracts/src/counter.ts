import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { cancelReasons, fulfilments, orderStates, paymentMethods } from './order-states.ts'
import { Order } from './ordering.ts'
import { Cursor, Id, Instant, Limit, Month, Paise, oneOf } from './shapes.ts'

const State = oneOf(orderStates)

export const CounterOrderRow = Type.Object({
  id: Id,
  number: Type.String(),
  state: State,
  placedAt: Instant,
  promisedBy: Instant,
  recipientName: Type.String(),
  city: Type.String(),
  packs: Type.Integer(),
  totalPaise: Paise,
  fulfilment: oneOf(fulfilments),
  paymentMethod: oneOf(paymentMethods),
  /** Since when it waits, unpackable, for goods because a recall took packs from it; null when it does not. */
  onHoldSince: Type.Union([Instant, Type.Null()]),
})
export type CounterOrderRow = Static<typeof CounterOrderRow>

export const listCounterOrders = endpoint({
  method: 'GET',
  path: '/counter/orders',
  summary:
    'Orders in one state, the longest waiting first, with the count of every state and of those on hold',
  tag: 'ordering',
  status: 200,
  permission: 'orders.deliver',
  ownership: 'none',
  audit: 'none',
  query: Type.Object({
    state: Type.Optional(State),
    /** Only placed orders that wait for goods. */
    onHold: Type.Optional(Type.Boolean()),
    limit: Limit,
    after: Cursor,
  }),
  reply: Type.Object({
    items: Type.Array(CounterOrderRow),
    counts: Type.Record(Type.String(), Type.Integer()),
    next: Type.Union([Type.String(), Type.Null()]),
  }),
  refusals: ['malformed_request', 'sign_in_needed', 'not_allowed'],
})

/** One place to pick from: so many packs of this batch lie reserved in this bin. */
export const Pick = Type.Object({
  orderLine: Type.Integer(),
  medicineId: Id,
  name: Type.String(),
  packLabel: Type.String(),
  batchId: Id,
  batchNumber: Type.String(),
  expiry: Month,
  bin: Type.String(),
  packs: Type.Integer(),
})
export type Pick = Static<typeof Pick>

/** A line whose last pack is cut, and the strips cut before that could give the piece instead, first expiry first. */
export const CutLine = Type.Object({
  medicineId: Id,
  /** What leaves of the last pack. */
  pieceUnits: Type.Integer(),
  unitsPerPack: Type.Integer(),
  openStrips: Type.Array(
    Type.Object({
      batchId: Id,
      batchNumber: Type.String(),
      expiry: Month,
      bin: Type.String(),
      units: Type.Integer(),
    }),
  ),
})
export type CutLine = Static<typeof CutLine>

export const CounterOrder = Type.Interface([Order], {
  picks: Type.Array(Pick),
  /** Only while it is to be packed. */
  cuts: Type.Array(CutLine),
  customerMobile: Type.String(),
})
export type CounterOrder = Static<typeof CounterOrder>

export const getCounterOrder = endpoint({
  method: 'GET',
  path: '/counter/orders/:id',
  summary: 'One order as the packing table sees it: pick list by bin and batch',
  tag: 'ordering',
  status: 200,
  permission: 'orders.deliver',
  ownership: 'none',
  audit: 'ordering.order_viewed',
  params: Type.Object({ id: Id }),
  reply: CounterOrder,
  refusals: ['malformed_request', 'sign_in_needed', 'not_allowed', 'not_found'],
})

/** What was taken: packs of named batches. */
export const PickedPacks = Type.Array(
  Type.Object(
    {
      medicineId: Id,
      batchId: Id,
      packs: Type.Integer({ minimum: 1, maximum: 99 }),
      /** Needed when the batch is not the one reserved. */
      reason: Type.Optional(Type.String({ maxLength: 200 })),
      /** One pack that is the piece of a strip cut before; without it the last pack picked of a cut line is cut. */
      fromCutStrip: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  { minItems: 1, maxItems: 200 },
)

export const packOrder = endpoint({
  method: 'POST',
  path: '/counter/orders/:id/packing',
  summary:
    'Pack an order: every pack confirmed from a named batch; the stock leaves the shelf in the same transaction',
  tag: 'ordering',
  status: 201,
  permission: 'orders.pack',
  ownership: 'none',
  audit: 'ordering.order_packed',
  params: Type.Object({ id: Id }),
  body: Type.Object({ picks: PickedPacks }, { additionalProperties: false }),
  reply: CounterOrder,
  refusals: [
    'malformed_request',
    'sign_in_needed',
    'not_allowed',
    'not_found',
    'order_state_forbids',
    'order_on_hold',
    'sale_forbidden_now',
    'pick_incomplete',
    'second_check_needed',
    'own_pick',
    'pick_changed',
    'batch_not_issuable',
    'pharmacist_not_registered',
    'pharmacist_not_on_duty',
    'reason_needed',
    'out_of_stock',
  ],
})

const act = (path: `/${string}`, summary: string, audit: `${string}.${string}`) =>
  ({
    method: 'POST',
    path,
    summary,
    tag: 'ordering',
    status: 201,
    permission: 'orders.deliver',
    ownership: 'none',
    audit,
    params: Type.Object({ id: Id }),
    reply: CounterOrder,
  }) as const

export const handOverOrder = endpoint({
  ...act(
    '/counter/orders/:id/hand-over',
    'Hand a packed order to the rider',
    'ordering.order_handed_over',
  ),
  body: Type.Object(
    { rider: Type.String({ minLength: 1, maxLength: 80 }) },
    { additionalProperties: false },
  ),
  refusals: [
    'malformed_request',
    'sign_in_needed',
    'not_allowed',
    'not_found',
    'order_state_forbids',
    'sale_forbidden_now',
    'prescription_revoked',
    'packed_batch_blocked',
  ],
})

export const deliverOrder = endpoint({
  ...act(
    '/counter/orders/:id/delivery',
    'Mark an order delivered and its cash collected',
    'ordering.order_delivered',
  ),
  body: Type.Object(
    { receivedBy: Type.String({ minLength: 1, maxLength: 80 }), collectedPaise: Paise },
    { additionalProperties: false },
  ),
  refusals: [
    'malformed_request',
    'sign_in_needed',
    'not_allowed',
    'not_found',
    'order_state_forbids',
    'conflict',
  ],
})

export const collectOrder = endpoint({
  ...act(
    '/counter/orders/:id/collection',
    'Give a packed order to the customer at the counter, with its cash collected',
    'ordering.order_collected',
  ),
  body: Type.Object(
    {
      receivedBy: Type.String({ minLength: 1, maxLength: 80 }),
      collectedPaise: Paise,
      /** The paper itself was seen and stamped; needed for what may only be collected (Schedule H1). */
      originalSeen: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  refusals: [
    'malformed_request',
    'sign_in_needed',
    'not_allowed',
    'not_found',
    'order_state_forbids',
    'sale_forbidden_now',
    'prescription_revoked',
    'packed_batch_blocked',
    'original_not_seen',
    'conflict',
  ],
})

export const returnOrder = endpoint({
  ...act(
    '/counter/orders/:id/return',
    'Take back an order refused at the door; its packs go to quarantine',
    'ordering.order_returned',
  ),
  body: Type.Object(
    { reason: Type.String({ minLength: 1, maxLength: 200 }) },
    { additionalProperties: false },
  ),
  refusals: [
    'malformed_request',
    'sign_in_needed',
    'not_allowed',
    'not_found',
    'order_state_forbids',
  ],
})

export const cancelOrderByStaff = endpoint({
  ...act(
    '/counter/orders/:id/cancellation',
    'Cancel an order that has not left the store',
    'ordering.order_cancelled',
  ),
  body: Type.Object({ reason: oneOf(cancelReasons) }, { additionalProperties: false }),
  refusals: [
    'malformed_request',
    'sign_in_needed',
    'not_allowed',
    'not_found',
    'order_state_forbids',
  ],
})
