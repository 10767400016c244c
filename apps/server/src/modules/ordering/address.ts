import type { Address, FieldProblem } from '@janta/contracts'
import { parseMobile } from '#modules/identity'
import { Refusal } from '#kernel/refusal'

/** Where an order goes, frozen on it: trimmed, the mobile number in E.164, absent parts null. */
export interface DeliveryAddress {
  readonly recipientName: string
  readonly mobile: string
  readonly line1: string
  readonly line2: string | null
  readonly landmark: string | null
  readonly city: string
}

/**
 * Reads an address as people write it; a street number is never forced. Refuses `address_incomplete` naming every
 * empty field, and `mobile_invalid` for what is no Indian mobile number. The PIN code is the delivery module's.
 */
export function readAddress(typed: Address): DeliveryAddress {
  const address = {
    recipientName: tidy(typed.recipientName),
    line1: tidy(typed.line1),
    line2: tidy(typed.line2 ?? '') || null,
    landmark: tidy(typed.landmark ?? '') || null,
    city: tidy(typed.city),
  }
  const missing: FieldProblem[] = []
  if (!address.recipientName) missing.push(problem('recipientName', 'Write who receives it.'))
  if (!address.line1) missing.push(problem('line1', 'Write the house, street or area.'))
  if (!address.city) missing.push(problem('city', 'Write the city, town or village.'))
  if (missing.length > 0) {
    throw new Refusal(
      'address_incomplete',
      'The address is not complete. Fill the marked fields.',
      {
        fields: missing,
      },
    )
  }
  const mobile = parseMobile(typed.mobile)
  if (!mobile) {
    const sentence = 'Write a ten-digit Indian mobile number, so that the rider can call.'
    throw new Refusal('mobile_invalid', sentence, { fields: [problem('mobile', sentence)] })
  }
  return { ...address, mobile }
}

function problem(field: keyof Address, message: string): FieldProblem {
  return { field: `address.${field}`, message }
}

function tidy(text: string): string {
  return text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
}
