import { Type } from 'typebox'

/** What every endpoint of purchasing shares. */
export const purchasingDesk = {
  tag: 'purchasing',
  ownership: 'none',
  permission: 'purchasing.manage',
} as const
export const purchasingGuards = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const
export const keyedGuards = [
  ...purchasingGuards,
  'idempotency_key_missing',
  'idempotency_key_reused',
] as const

export const billLinesMax = 200
export const purchaseListMax = 200
export const ReasonText = Type.String({ minLength: 3, maxLength: 200 })
export const Packs = Type.Integer({ minimum: 0, maximum: 100_000 })
export const Money = Type.Integer({
  minimum: 0,
  maximum: 100_000_000_00,
  description: 'Indian paise',
})
export const strict = { additionalProperties: false } as const
export const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(shape: T) =>
  Type.Union([shape, Type.Null()])
