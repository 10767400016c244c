import { cancelReasons } from '@janta/contracts'
import { pathIn } from '@janta/ui/i18n.ts'
import { fail, redirect } from '@sveltejs/kit'
import { pageOf, shownOf, signInPath } from '#lib/server/problems.ts'
import { wordsOf } from '#lib/server/words.ts'
import type { Actions, PageServerLoad } from './$types'

/** The reasons a customer has; the others are the store's. */
const customerReasons = [
  'ordered_by_mistake',
  'found_elsewhere',
  'too_slow',
  'doctor_changed',
  'other',
] as const satisfies readonly (typeof cancelReasons)[number][]

export const load: PageServerLoad = async ({ locals, params, url }) => ({
  order: await pageOf(url, locals.locale, () => locals.api.getOrder({ params: { id: params.id } })),
  reasons: customerReasons,
  isJustPlaced: url.searchParams.has('placed'),
})

export const actions: Actions = {
  cancel: async ({ locals, params, request, url }) => {
    const asked = (await request.formData()).get('reason')
    const reason = customerReasons.find(known => known === asked)
    if (!reason) return fail(422, { problem: wordsOf(locals.locale).account.needReason })
    try {
      await locals.api.cancelOrder({ params: { id: params.id }, body: { reason } })
    } catch (problem) {
      const shown = shownOf(problem, locals.locale)
      if (shown.code === 'sign_in_needed') redirect(303, signInPath(url, locals.locale))
      return fail(422, { problem: shown.message })
    }
    redirect(303, pathIn(locals.locale, `/orders/${params.id}`))
  },
}
