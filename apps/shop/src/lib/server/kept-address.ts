import { type Fulfilment, fulfilments } from '@janta/contracts'
import type { Cookies } from '@sveltejs/kit'
import { type AddressDraft, readDraft } from '#lib/address.ts'

/**
 * The address between the steps of checkout. A cookie only this site's server can read keeps it out of addresses
 * and logs, and lets it survive an error, the back button and signing in again; it ends with the order or in half an hour.
 */
const name = 'janta-address'
const keptSeconds = 30 * 60
const rules = { path: '/', httpOnly: true, sameSite: 'lax' } as const

/** The address and whether the order is brought there or collected. */
export interface Kept {
  draft: AddressDraft
  fulfilment: Fulfilment
}

export function keepAddress(cookies: Cookies, { draft, fulfilment }: Kept): void {
  const value = Buffer.from(JSON.stringify({ ...draft, fulfilment })).toString('base64url')
  cookies.set(name, value, { ...rules, maxAge: keptSeconds })
}

export function keptAddress(cookies: Cookies): Kept | null {
  const value = cookies.get(name)
  if (!value) return null
  try {
    const kept: unknown = JSON.parse(Buffer.from(value, 'base64url').toString())
    if (typeof kept !== 'object' || kept === null) return null
    const fields = kept as Record<string, unknown>
    return {
      draft: readDraft(field => fields[field]),
      fulfilment: readFulfilment(fields['fulfilment']),
    }
  } catch {
    // A cookie somebody spoiled is no address: the customer types it once more.
    return null
  }
}

/** What is not known is delivery, as for the API. */
export function readFulfilment(value: unknown): Fulfilment {
  return fulfilments.find(known => known === value) ?? 'delivery'
}

export function forgetAddress(cookies: Cookies): void {
  cookies.delete(name, rules)
}
