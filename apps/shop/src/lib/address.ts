import type { Address } from '@janta/contracts'
import type { ShopWords } from '@janta/ui/messages/en/shop.ts'

/** What a customer typed about where an order goes: all text, as the form and the kept draft carry it. */
export const addressFields = [
  'pin',
  'recipientName',
  'mobile',
  'line1',
  'line2',
  'landmark',
  'city',
] as const
export type AddressField = (typeof addressFields)[number]
export type AddressDraft = Record<AddressField, string>

const lettersMax: Record<AddressField, number> = {
  pin: 12,
  recipientName: 80,
  mobile: 20,
  line1: 120,
  line2: 120,
  landmark: 120,
  city: 60,
}
const needed = ['pin', 'recipientName', 'mobile', 'line1', 'city'] as const

/** Reads a draft from anything that answers for a field's name; what is too long for the API is cut. */
export function readDraft(valueOf: (field: AddressField) => unknown): AddressDraft {
  const draft = {} as AddressDraft
  for (const field of addressFields) {
    const value = valueOf(field)
    draft[field] = typeof value === 'string' ? value.trim().slice(0, lettersMax[field]) : ''
  }
  return draft
}

/** The fields that are plainly not filled in, each with its sentence; the server judges the rest. */
export function gapsOf(
  draft: AddressDraft,
  words: ShopWords['checkout']['need'],
): Partial<Record<AddressField, string>> {
  const gaps: Partial<Record<AddressField, string>> = {}
  for (const field of needed) if (!draft[field]) gaps[field] = words[field]
  if (!/^[1-9][0-9]{2} ?[0-9]{3}$/.test(draft.pin)) gaps.pin = words.pin
  if (!/^(\+?91|0)?[6-9][0-9]{9}$/.test(draft.mobile.replaceAll(/[\s-]/g, '')))
    gaps.mobile = words.mobile
  return gaps
}

/** The address as the API takes it: what was left empty is left out. */
export function addressOf({ line2, landmark, ...rest }: AddressDraft): Address {
  return { ...rest, ...(line2 && { line2 }), ...(landmark && { landmark }) }
}
