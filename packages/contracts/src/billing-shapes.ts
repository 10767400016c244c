import { Type } from 'typebox'

/** What every endpoint of the books shares. */
export const books = { tag: 'billing', permission: 'billing.books', ownership: 'none' } as const
export const usual = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const

export const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
