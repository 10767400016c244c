import { checkPin } from '#lib/server/check-pin.ts'
import { withPackNamed } from '#lib/server/pack-names.ts'
import { pageOf } from '#lib/server/problems.ts'
import type { Actions, PageServerLoad } from './$types'

const shownMax = 8

export const load: PageServerLoad = async ({ locals, url, request, setHeaders }) => {
  const found = await pageOf(url, locals.locale, () =>
    locals.api.searchMedicines({ query: { limit: shownMax } }),
  )
  // Nothing personal is in this page: the same for everybody, so the CDN may keep it.
  if (request.method === 'GET')
    setHeaders({ 'cache-control': 'public, max-age=60, stale-while-revalidate=300' })
  return { medicines: found.items.map(card => withPackNamed(card, locals.locale)) }
}

export const actions: Actions = { pin: checkPin }
