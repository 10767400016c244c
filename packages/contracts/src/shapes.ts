import { Type } from 'typebox'

/** Shapes several endpoints share, each with its unit and its limit. */
export const Id = Type.String({ format: 'uuid' })
export const Paise = Type.Integer({
  minimum: 0,
  maximum: 100_000_000_00,
  description: 'Indian paise',
})
export const Day = Type.String({
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
  description: 'A day in Asia/Kolkata, YYYY-MM-DD',
})
export const Month = Type.String({
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$',
  description: 'An expiry or manufacturing month, YYYY-MM',
})
export const Instant = Type.String({ format: 'date-time' })
export const PinCode = Type.String({
  minLength: 1,
  maxLength: 12,
  description: 'Six digits, a space allowed after three',
})
/** Sale units (strips, bottles, tubes ...), never loose base units. */
export const PackQuantity = Type.Integer({ minimum: 0, maximum: 99 })
export const listMax = 50
export const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: listMax }))
export const Cursor = Type.Optional(Type.String({ maxLength: 200 }))

/** A text that is one of a fixed list; the type is the list's own. */
export function oneOf<const T extends readonly string[]>(values: T) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: values })
}
