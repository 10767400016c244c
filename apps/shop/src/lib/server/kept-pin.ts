import type { Cookies } from '@sveltejs/kit'

/**
 * The PIN code a customer asked about last, kept on their device only, so that lists can say what comes to them. The
 * page's script may read it, to fill the field on pages that are the same for everybody.
 */
const name = 'janta-pin'
const keptSeconds = 180 * 24 * 60 * 60
const rules = { path: '/', httpOnly: false, sameSite: 'lax' } as const

/** Six digits as the API takes them; undefined for anything else, so that a spoiled cookie spoils no page. */
export function keptPin(cookies: Cookies): string | undefined {
  return plainPin(cookies.get(name) ?? '')
}

export function keepPin(cookies: Cookies, typed: string): void {
  const pin = plainPin(typed)
  if (pin) cookies.set(name, pin, { ...rules, maxAge: keptSeconds })
}

export function forgetPin(cookies: Cookies): void {
  cookies.delete(name, rules)
}

function plainPin(typed: string): string | undefined {
  const digits = typed.replaceAll(/\s/g, '')
  return /^[1-9][0-9]{5}$/.test(digits) ? digits : undefined
}
