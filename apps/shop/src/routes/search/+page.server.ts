import { pathIn } from '@janta/ui/i18n.ts'
import { fail, redirect } from '@sveltejs/kit'
import { searchPath } from '#lib/search-query.ts'
import { checkPin } from '#lib/server/check-pin.ts'
import { textOf } from '#lib/server/form-text.ts'
import { forgetPin, keptPin } from '#lib/server/kept-pin.ts'
import { withPackNamed } from '#lib/server/pack-names.ts'
import { pageOf, shownOf } from '#lib/server/problems.ts'
import { readSearch } from '#lib/server/read-search.ts'
import type { Actions, PageServerLoad } from './$types'

/** Whole rows of four, three and two tiles. */
const resultsMax = 24

export const load: PageServerLoad = async ({ locals, url, cookies, request, setHeaders }) => {
  const choices = readSearch(url.searchParams)
  const pin = keptPin(cookies)
  const found = await pageOf(url, locals.locale, () => {
    const { q, category, inStock, sort, cursor, exact: _, ...filters } = choices
    return locals.api.searchMedicines({
      query: {
        limit: resultsMax,
        ...filters,
        ...(q && { q }),
        ...(category && { category }),
        ...(inStock && { inStock }),
        ...(sort && { sort }),
        ...(cursor && { cursor }),
        ...(pin && { pin }),
      },
    })
  })
  // With a PIN code the list is this customer's own; without one it is the same for everybody.
  setHeaders({ vary: 'cookie' })
  if (request.method === 'GET' && !pin)
    setHeaders({ 'cache-control': 'public, max-age=60, stale-while-revalidate=300' })
  // Every match was corrected: nothing is spelt as typed, and that is what was asked.
  const nothingExactly = choices.exact && found.showingResultsFor !== null
  const items = found.items.map(card => withPackNamed(card, locals.locale))
  return { choices, pin: pin ?? null, found: { ...found, items }, nothingExactly }
}

export const actions: Actions = {
  pin: checkPin,
  forgetPin: ({ cookies, url, locals }) => {
    forgetPin(cookies)
    redirect(303, pathIn(locals.locale, searchPath(readSearch(url.searchParams))))
  },
  tell: async ({ locals, request }) => {
    const name = textOf(await request.formData(), 'name')
    try {
      await locals.api.requestMedicine({ body: { name } })
      return { told: name }
    } catch (problem) {
      return fail(422, { name, notTold: shownOf(problem, locals.locale).message })
    }
  },
}
