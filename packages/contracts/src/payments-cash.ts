import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Instant, Limit, Paise, oneOf } from './shapes.ts'

const usual = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const
const keyed = ['idempotency_key_missing', 'idempotency_key_reused', 'conflict'] as const
const common = { tag: 'payments', permission: 'payments.cash', ownership: 'none' } as const
const note = Type.String({ minLength: 1, maxLength: 200 })
const Order = Type.Object({ id: Id })

export const DoorQr = Type.Object({
  amountPaise: Paise,
  payeeAddress: Type.String(),
  payeeName: Type.String(),
  reference: Type.String(),
  /** `upi://pay?...`, which opens the customer's UPI application when it is tapped. */
  intent: Type.String(),
  /** The same as a QR code, an SVG image with black on white. */
  svg: Type.String(),
})
export type DoorQr = Static<typeof DoorQr>

export const getDoorQr = endpoint({
  ...common,
  method: 'GET',
  path: '/counter/orders/:id/door-qr',
  summary: 'The UPI QR code for what is due at the door',
  status: 200,
  audit: 'none',
  params: Order,
  reply: DoorQr,
  refusals: [...usual, 'not_found', 'payment_state_forbids', 'payment_unavailable'],
})

export const recordDoorUpi = endpoint({
  ...common,
  method: 'POST',
  path: '/counter/orders/:id/door-upi',
  summary: 'A UPI payment at the door, seen in our own statement, with the bank’s number',
  status: 204,
  audit: 'payments.door_upi_recorded',
  params: Order,
  body: Type.Object(
    { bankReference: Type.String({ pattern: '^[0-9]{12}$' }) },
    { additionalProperties: false },
  ),
  reply: Type.Null(),
  refusals: [...usual, 'not_found', 'payment_state_forbids', 'bank_reference_used'],
})

/** Notes and coins in circulation, in paise, the largest first. */
export const denominations = [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100] as const
export const drawerKinds = ['door_cash', 'sale', 'paid_in', 'payout', 'to_bank', 'refund'] as const
/** What a person may write by hand; cash from the door comes by its orders. */
export const drawerActs = ['sale', 'paid_in', 'payout', 'to_bank', 'refund'] as const

export const Drawer = Type.Object({
  id: Id,
  openedAt: Instant,
  openedBy: Type.Union([Type.String(), Type.Null()]),
  floatPaise: Paise,
  /** What should lie in it now, or lay in it when it was closed. */
  expectedPaise: Type.Integer(),
  closedAt: Type.Union([Instant, Type.Null()]),
  closedBy: Type.Union([Type.String(), Type.Null()]),
  countedPaise: Type.Union([Paise, Type.Null()]),
  varianceReason: Type.Union([Type.String(), Type.Null()]),
  movements: Type.Array(
    Type.Object({
      id: Id,
      kind: oneOf(drawerKinds),
      amountPaise: Type.Integer(),
      orderId: Type.Union([Id, Type.Null()]),
      note: Type.Union([Type.String(), Type.Null()]),
      at: Instant,
      by: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  counts: Type.Array(Type.Object({ denominationPaise: Paise, pieces: Type.Integer() })),
})
export type Drawer = Static<typeof Drawer>

/** Cash that riders took at the door and have not handed in. */
export const CashOut = Type.Object({
  orderId: Id,
  amountPaise: Paise,
  collectedAt: Instant,
})

export const getDrawer = endpoint({
  ...common,
  method: 'GET',
  path: '/counter/drawer',
  summary: 'The open drawer, and the cash that is still with riders',
  status: 200,
  audit: 'none',
  reply: Type.Object({
    drawer: Type.Union([Drawer, Type.Null()]),
    cashOut: Type.Array(CashOut),
    tolerancePaise: Paise,
  }),
  refusals: usual,
})
export type DrawerNow = Static<(typeof getDrawer)['reply']>

export const openDrawer = endpoint({
  ...common,
  method: 'POST',
  path: '/counter/drawer',
  summary: 'Open the drawer for a shift with its float',
  status: 201,
  audit: 'payments.drawer_opened',
  idempotent: true,
  body: Type.Object({ floatPaise: Paise }, { additionalProperties: false }),
  reply: Drawer,
  refusals: [...usual, ...keyed, 'drawer_open_already'],
})

export const moveCash = endpoint({
  ...common,
  method: 'POST',
  path: '/counter/drawer/movements',
  summary: 'Cash into the open drawer or out of it, with a word why',
  status: 201,
  audit: 'payments.cash_moved',
  idempotent: true,
  body: Type.Object(
    {
      kind: oneOf(drawerActs),
      amountPaise: Type.Integer({ minimum: 1, maximum: 100_000_000_00 }),
      note,
    },
    { additionalProperties: false },
  ),
  reply: Drawer,
  refusals: [...usual, ...keyed, 'drawer_not_open', 'drawer_count_differs'],
})

export const handInCash = endpoint({
  ...common,
  method: 'POST',
  path: '/counter/drawer/handovers',
  summary: 'A rider hands in the cash of these orders; the sum must be counted to the paisa',
  status: 201,
  audit: 'payments.cash_handed_in',
  idempotent: true,
  body: Type.Object(
    {
      orderIds: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }),
      countedPaise: Paise,
    },
    { additionalProperties: false },
  ),
  reply: Drawer,
  refusals: [...usual, ...keyed, 'not_found', 'drawer_not_open', 'drawer_count_differs'],
})

export const closeDrawer = endpoint({
  ...common,
  method: 'POST',
  path: '/counter/drawer/closing',
  summary: 'Count the drawer note by note and close it; a difference needs a reason',
  status: 201,
  audit: 'payments.drawer_closed',
  idempotent: true,
  body: Type.Object(
    {
      counts: Type.Array(
        Type.Object(
          {
            denominationPaise: Type.Integer({ minimum: 100, maximum: 50_000 }),
            pieces: Type.Integer({ minimum: 0, maximum: 100_000 }),
          },
          { additionalProperties: false },
        ),
        { maxItems: denominations.length },
      ),
      varianceReason: Type.Optional(note),
    },
    { additionalProperties: false },
  ),
  reply: Drawer,
  refusals: [...usual, ...keyed, 'drawer_not_open', 'drawer_count_differs', 'reason_needed'],
})

export const listShifts = endpoint({
  ...common,
  method: 'GET',
  path: '/counter/drawer/shifts',
  summary: 'Closed shifts, newest first, with what was expected and counted',
  status: 200,
  audit: 'none',
  query: Type.Object({ limit: Limit }),
  reply: Type.Object({ items: Type.Array(Drawer) }),
  refusals: usual,
})

/** The endpoints of this file by operation id. */
export const paymentsCash = {
  getDoorQr,
  recordDoorUpi,
  getDrawer,
  openDrawer,
  moveCash,
  handInCash,
  closeDrawer,
  listShifts,
}
