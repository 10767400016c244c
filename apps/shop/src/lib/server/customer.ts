import type { Cart } from '@janta/contracts'
import { pathIn } from '@janta/ui/i18n.ts'
import { redirect } from '@sveltejs/kit'
import { pageOf, signInPath } from './problems.ts'

interface Asking {
  locals: App.Locals
  url: URL
}

/** The cart of somebody who is signed in and may check out; anybody else is led to what comes first. */
export async function checkoutCart({ locals, url }: Asking) {
  const { locale, api } = locals
  const [{ person }, cart] = await pageOf(url, locale, () =>
    Promise.all([api.getMe({}), api.getCart({ query: { language: locale } })]),
  )
  if (!cart.mayCheckOut) redirect(303, pathIn(locale, '/cart'))
  if (!person) redirect(303, signInPath(url, locale))
  return { person, cart }
}

/** One line that is handed over only at the store makes the whole order one that is collected. */
export function isOnlyCollected(cart: Cart): boolean {
  return cart.lines.some(({ medicine }) => medicine.decision === 'store_only')
}

export function needsPrescription(cart: Cart): boolean {
  return cart.lines.some(
    ({ medicine }) => medicine.decision === 'prescription' || medicine.decision === 'store_only',
  )
}
