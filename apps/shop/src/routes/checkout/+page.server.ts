import { pathIn } from '@janta/ui/i18n.ts'
import { fail, redirect } from '@sveltejs/kit'
import { type AddressField, gapsOf, readDraft } from '#lib/address.ts'
import { checkoutCart } from '#lib/server/customer.ts'
import { keepAddress, keptAddress } from '#lib/server/kept-address.ts'
import { shownOf } from '#lib/server/problems.ts'
import { wordsOf } from '#lib/server/words.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url, cookies }) => {
  const { person } = await checkoutCart({ locals, url })
  const kept = keptAddress(cookies)
  return {
    draft: kept ?? readDraft(field => firstGuess(person, field)),
  }
}

/** Nobody types their own name and number twice. */
function firstGuess(person: { name: string | null; mobile: string }, field: AddressField) {
  if (field === 'recipientName') return person.name
  return field === 'mobile' ? person.mobile : undefined
}

export const actions: Actions = {
  default: async ({ locals, request, cookies }) => {
    const form = await request.formData()
    const draft = readDraft(field => form.get(field))
    keepAddress(cookies, draft)
    const gaps = gapsOf(draft, wordsOf(locals.locale).checkout.need)
    if (Object.keys(gaps).length > 0) return fail(422, { draft, gaps })
    try {
      const place = await locals.api.getServiceability({ params: { pin: draft.pin } })
      const words = wordsOf(locals.locale)
      if (!place.delivers) return fail(422, { draft, gaps: { pin: words.browse.noDelivery } })
      if (!place.cashOnDelivery)
        return fail(422, { draft, gaps: { pin: words.checkout.cashNotHere } })
    } catch (problem) {
      const shown = shownOf(problem, locals.locale)
      const isPin = shown.code.startsWith('pin_')
      return fail(422, {
        draft,
        gaps: isPin ? { pin: shown.message } : {},
        problem: isPin ? undefined : shown.message,
      })
    }
    redirect(303, pathIn(locals.locale, '/checkout/review'))
  },
}
