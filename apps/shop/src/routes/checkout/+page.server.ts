import { pathIn } from '@janta/ui/i18n.ts'
import { fail, redirect } from '@sveltejs/kit'
import { type AddressField, gapsOf, readDraft } from '#lib/address.ts'
import { checkoutCart, isOnlyCollected } from '#lib/server/customer.ts'
import { textOf } from '#lib/server/form-text.ts'
import { keepAddress, keptAddress, readFulfilment } from '#lib/server/kept-address.ts'
import { pageOf, shownOf } from '#lib/server/problems.ts'
import { wordsOf } from '#lib/server/words.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url, cookies }) => {
  const { person, cart } = await checkoutCart({ locals, url })
  const kept = keptAddress(cookies)
  const mustCollect = isOnlyCollected(cart)
  return {
    draft: kept?.draft ?? readDraft(field => firstGuess(person, field)),
    fulfilment: mustCollect ? ('pickup' as const) : (kept?.fulfilment ?? ('delivery' as const)),
    mustCollect,
  }
}

/** Nobody types their own name and number twice. */
function firstGuess(person: { name: string | null; mobile: string }, field: AddressField) {
  if (field === 'recipientName') return person.name
  // As the hint asks for it and as people write it: ten digits.
  return field === 'mobile' ? person.mobile.replace(/^\+91/, '') : undefined
}

export const actions: Actions = {
  default: async ({ locals, request, cookies, url }) => {
    const form = await request.formData()
    const draft = readDraft(field => form.get(field))
    const words = wordsOf(locals.locale)
    const cart = await pageOf(url, locals.locale, () => locals.api.getCart({ query: {} }))
    const fulfilment = isOnlyCollected(cart) ? 'pickup' : readFulfilment(textOf(form, 'fulfilment'))
    keepAddress(cookies, { draft, fulfilment })
    const shown = { draft, fulfilment }
    const gaps = gapsOf(draft, words.checkout.need)
    if (Object.keys(gaps).length > 0) return fail(422, { ...shown, gaps })
    try {
      // Whoever collects may live anywhere; the order itself checks that the PIN code exists.
      const place =
        fulfilment === 'delivery'
          ? await locals.api.getServiceability({ params: { pin: draft.pin } })
          : null
      if (place && !place.delivers)
        return fail(422, { ...shown, gaps: { pin: words.browse.noDelivery } })
    } catch (problem) {
      const refused = shownOf(problem, locals.locale)
      const isPin = refused.code.startsWith('pin_')
      return fail(422, {
        ...shown,
        gaps: isPin ? { pin: refused.message } : {},
        problem: isPin ? undefined : refused.message,
      })
    }
    redirect(303, pathIn(locals.locale, '/checkout/review'))
  },
}
