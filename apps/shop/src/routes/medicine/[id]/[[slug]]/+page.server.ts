import { pathIn } from '@janta/ui/i18n.ts'
import { fail, redirect } from '@sveltejs/kit'
import { medicinePath } from '#lib/sale.ts'
import { textOf } from '#lib/server/form-text.ts'
import { pageOf, shownOf } from '#lib/server/problems.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url, setHeaders, request }) => {
  const medicine = await pageOf(url, locals.locale, () =>
    locals.api.getMedicine({ params: { id: params.id }, query: { language: locals.locale } }),
  )
  const path = medicinePath(medicine)
  // One address a medicine: an old or shortened name leads to the right one.
  if (request.method === 'GET' && !path.endsWith(`/${params.slug ?? ''}`)) {
    redirect(308, pathIn(locals.locale, path))
  }
  if (request.method === 'GET') {
    setHeaders({ 'cache-control': 'public, max-age=60, stale-while-revalidate=300' })
  }
  return { medicine }
}

export const actions: Actions = {
  /** Where and when it can be delivered. A form and not a link: a PIN code beside a medicine stays out of addresses. */
  pin: async ({ locals, request }) => {
    const pin = textOf(await request.formData(), 'pin')
    try {
      return { pin, delivery: await locals.api.getServiceability({ params: { pin: pin || '-' } }) }
    } catch (problem) {
      return fail(422, { pin, problem: shownOf(problem, locals.locale).message })
    }
  },
}
