import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import {
  billLinesMax,
  keyedGuards,
  Money,
  orNull,
  Packs,
  purchaseListMax,
  purchasingDesk,
  purchasingGuards,
  ReasonText,
  strict,
} from './purchasing-shapes.ts'
import { Id, Instant, oneOf } from './shapes.ts'

export const purchaseOrderStates = [
  'draft',
  'sent',
  'part_received',
  'closed',
  'cancelled',
] as const
export type PurchaseOrderState = (typeof purchaseOrderStates)[number]

const OrderedPacks = Type.Integer({ minimum: 1, maximum: 100_000 })

export const PurchaseOrder = Type.Object({
  id: Id,
  number: Type.String(),
  supplierId: Id,
  supplierName: Type.String(),
  state: oneOf(purchaseOrderStates),
  createdAt: Instant,
  sentAt: orNull(Instant),
  endReason: orNull(Type.String()),
  lines: Type.Array(
    Type.Object({
      medicineId: Id,
      name: Type.String(),
      packLabel: Type.String(),
      packs: OrderedPacks,
      receivedPacks: Packs,
      ratePaise: orNull(Money),
    }),
  ),
})
export type PurchaseOrder = Static<typeof PurchaseOrder>

export const NewPurchaseOrder = Type.Object(
  {
    supplierId: Id,
    lines: Type.Array(
      Type.Object({ medicineId: Id, packs: OrderedPacks, ratePaise: Type.Optional(Money) }, strict),
      { minItems: 1, maxItems: billLinesMax },
    ),
  },
  strict,
)
export type NewPurchaseOrder = Static<typeof NewPurchaseOrder>

export const listPurchaseOrders = endpoint({
  ...purchasingDesk,
  method: 'GET',
  path: '/purchases/orders',
  summary: 'Purchase orders, newest first, of one state or one supplier',
  status: 200,
  audit: 'none',
  query: Type.Object({
    state: Type.Optional(oneOf(purchaseOrderStates)),
    supplierId: Type.Optional(Id),
  }),
  reply: Type.Object({ items: Type.Array(PurchaseOrder, { maxItems: purchaseListMax }) }),
  refusals: [...purchasingGuards],
})

export const getPurchaseOrder = endpoint({
  ...purchasingDesk,
  method: 'GET',
  path: '/purchases/orders/:id',
  summary: 'One purchase order with what came of it so far',
  status: 200,
  audit: 'none',
  params: Type.Object({ id: Id }),
  reply: PurchaseOrder,
  refusals: [...purchasingGuards, 'not_found'],
})

export const createPurchaseOrder = endpoint({
  ...purchasingDesk,
  method: 'POST',
  path: '/purchases/orders',
  summary: 'Draft an order to one supplier',
  status: 201,
  audit: 'purchasing.order_drafted',
  idempotent: true,
  body: NewPurchaseOrder,
  reply: PurchaseOrder,
  refusals: [...keyedGuards, 'not_found', 'purchase_order_invalid'],
})

export const editPurchaseOrder = endpoint({
  ...purchasingDesk,
  method: 'PUT',
  path: '/purchases/orders/:id/lines',
  summary: 'Give a draft order other lines',
  status: 200,
  audit: 'purchasing.order_edited',
  params: Type.Object({ id: Id }),
  body: Type.Object({ lines: NewPurchaseOrder.properties.lines }, strict),
  reply: PurchaseOrder,
  refusals: [...purchasingGuards, 'not_found', 'order_state_forbids', 'purchase_order_invalid'],
})

export const sendPurchaseOrder = endpoint({
  ...purchasingDesk,
  method: 'POST',
  path: '/purchases/orders/:id/sending',
  summary: 'Say that the order was sent to the supplier; it can be received against from now on',
  status: 201,
  audit: 'purchasing.order_sent',
  params: Type.Object({ id: Id }),
  reply: PurchaseOrder,
  refusals: [...purchasingGuards, 'not_found', 'order_state_forbids', 'supplier_not_licensed'],
})

export const endPurchaseOrder = endpoint({
  ...purchasingDesk,
  method: 'POST',
  path: '/purchases/orders/:id/end',
  summary:
    'Give up what is still outstanding: cancelled when nothing came, closed when something did',
  status: 201,
  audit: 'purchasing.order_ended',
  params: Type.Object({ id: Id }),
  body: Type.Object({ reason: ReasonText }, strict),
  reply: PurchaseOrder,
  refusals: [...purchasingGuards, 'not_found', 'order_state_forbids'],
})
