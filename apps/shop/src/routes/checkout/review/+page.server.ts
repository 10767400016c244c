import { randomUUID } from 'node:crypto'
import { pathIn } from '@janta/ui/i18n.ts'
import { fail, redirect } from '@sveltejs/kit'
import { addressOf, gapsOf } from '#lib/address.ts'
import { checkoutCart } from '#lib/server/customer.ts'
import { textOf } from '#lib/server/form-text.ts'
import { forgetAddress, keptAddress } from '#lib/server/kept-address.ts'
import { pageOf, shownOf, signInPath } from '#lib/server/problems.ts'
import { wordsOf } from '#lib/server/words.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url, cookies }) => {
  const { locale, api } = locals
  const draft = keptAddress(cookies)
  const addressPath = pathIn(locale, '/checkout')
  if (!draft || Object.keys(gapsOf(draft, wordsOf(locale).checkout.need)).length > 0) {
    redirect(303, addressPath)
  }
  const { cart } = await checkoutCart({ locals, url })
  const place = await pageOf(url, locale, () =>
    api.getServiceability({ params: { pin: draft.pin } }),
  )
  const isFree = cart.itemsPaise >= place.freeAbovePaise
  return {
    draft,
    cart,
    place,
    deliveryPaise: isFree ? 0 : place.feePaise,
    // One key a drawn page: sending the same page twice orders once.
    idempotencyKey: randomUUID(),
  }
}

export const actions: Actions = {
  default: async ({ locals, request, cookies, url }) => {
    const form = await request.formData()
    const draft = keptAddress(cookies)
    if (!draft) redirect(303, pathIn(locals.locale, '/checkout'))
    let placed: { id: string }
    try {
      placed = await locals.api.placeOrder({
        idempotencyKey: textOf(form, 'idempotencyKey'),
        body: {
          address: addressOf(draft),
          paymentMethod: 'cash_on_delivery',
          cartVersion: textOf(form, 'cartVersion'),
        },
      })
    } catch (problem) {
      const shown = shownOf(problem, locals.locale)
      if (shown.code === 'sign_in_needed') redirect(303, signInPath(url, locals.locale))
      if (shown.code === 'cart_empty') redirect(303, pathIn(locals.locale, '/cart'))
      const isMoved = shown.code === 'cart_changed' || shown.code === 'price_changed'
      const words = wordsOf(locals.locale).checkout
      return fail(shown.code === 'unavailable' ? 503 : 422, {
        problem: isMoved ? words.cartMoved : shown.message,
        // Kept so that trying again after silence cannot order twice.
        idempotencyKey: shown.code === 'unavailable' ? textOf(form, 'idempotencyKey') : null,
      })
    }
    forgetAddress(cookies)
    redirect(303, `${pathIn(locals.locale, `/orders/${placed.id}`)}?placed=1`)
  },
}
