import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Instant, Limit, Paise, oneOf } from './shapes.ts'

const usual = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const
const common = { tag: 'payments', permission: 'payments.settle', ownership: 'none' } as const

/**
 * `matched`: in our books with this amount. `extra`: not in our books. `amount_differs`: in ours with another.
 * `repeated`: settled in a report before. `other`: a fee or correction of the gateway itself.
 */
export const settlementVerdicts = [
  'matched',
  'extra',
  'amount_differs',
  'repeated',
  'other',
] as const

export const Settlement = Type.Object({
  id: Id,
  fileName: Type.String(),
  uploadedAt: Instant,
  lines: Type.Integer(),
  verdicts: Type.Object({
    matched: Type.Integer(),
    extra: Type.Integer(),
    amount_differs: Type.Integer(),
    repeated: Type.Integer(),
    other: Type.Integer(),
  }),
  amountPaise: Type.Integer(),
  feePaise: Type.Integer(),
  taxPaise: Type.Integer(),
  netPaise: Type.Integer(),
})
export type Settlement = Static<typeof Settlement>

export const SettlementLine = Type.Object({
  line: Type.Integer(),
  entityId: Type.String(),
  kind: oneOf(['payment', 'refund', 'adjustment'] as const),
  amountPaise: Type.Integer(),
  netPaise: Type.Integer(),
  verdict: oneOf(settlementVerdicts),
})

export const importSettlement = endpoint({
  ...common,
  method: 'POST',
  path: '/counter/settlements',
  summary: 'Read the gateway’s settlement report (CSV, rupees) and hold it against our books',
  status: 201,
  audit: 'payments.settlement_imported',
  body: Type.Object(
    {
      fileName: Type.String({ minLength: 1, maxLength: 200 }),
      /** The file as it is; a day's report at most. */
      text: Type.String({ minLength: 1, maxLength: 200_000 }),
    },
    { additionalProperties: false },
  ),
  reply: Settlement,
  refusals: [...usual, 'report_repeated', 'report_unreadable'],
})

export const listSettlements = endpoint({
  ...common,
  method: 'GET',
  path: '/counter/settlements',
  summary: 'Reports read, newest first, and what was captured and is in none of them by now',
  status: 200,
  audit: 'none',
  query: Type.Object({ limit: Limit }),
  reply: Type.Object({
    items: Type.Array(Settlement),
    missing: Type.Object({ count: Type.Integer(), amountPaise: Type.Integer() }),
  }),
  refusals: usual,
})
export type Settlements = Static<(typeof listSettlements)['reply']>

export const getSettlement = endpoint({
  ...common,
  method: 'GET',
  path: '/counter/settlements/:id',
  summary: 'One report with its lines that do not match',
  status: 200,
  audit: 'none',
  params: Type.Object({ id: Id }),
  reply: Type.Interface([Settlement], { odd: Type.Array(SettlementLine) }),
  refusals: [...usual, 'not_found'],
})

export const PaymentSettings = Type.Object({
  secondLookFromPaise: Paise,
  refundWorkingDays: Type.Integer({ minimum: 1, maximum: 30 }),
  cashCapPaise: Paise,
  cashRefusalsMax: Type.Integer({ minimum: 0, maximum: 100 }),
  upiPayeeAddress: Type.Union([
    Type.String({ pattern: '^[A-Za-z0-9._-]{2,64}@[A-Za-z][A-Za-z0-9]{1,31}$' }),
    Type.Null(),
  ]),
  upiPayeeName: Type.Union([Type.String({ minLength: 1, maxLength: 50 }), Type.Null()]),
  drawerTolerancePaise: Paise,
  settlementWorkingDays: Type.Integer({ minimum: 1, maximum: 30 }),
})
export type PaymentSettings = Static<typeof PaymentSettings>

export const getPaymentSettings = endpoint({
  ...common,
  method: 'GET',
  path: '/counter/payment-settings',
  summary: 'The pharmacy’s own limits and days about money',
  status: 200,
  audit: 'none',
  reply: PaymentSettings,
  refusals: usual,
})

export const setPaymentSettings = endpoint({
  ...common,
  method: 'PUT',
  path: '/counter/payment-settings',
  summary: 'Change the limits and days about money; what was promised before keeps its day',
  status: 200,
  audit: 'payments.settings_changed',
  body: PaymentSettings,
  reply: PaymentSettings,
  refusals: usual,
})

/** The endpoints of this file by operation id. */
export const paymentsSettlement = {
  importSettlement,
  listSettlements,
  getSettlement,
  getPaymentSettings,
  setPaymentSettings,
}
