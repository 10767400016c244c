import { pathIn } from '@janta/ui/i18n.ts'
import { redirect } from '@sveltejs/kit'
import { medicinePath } from '#lib/sale.ts'
import { checkPin } from '#lib/server/check-pin.ts'
import { pageOf } from '#lib/server/problems.ts'
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

export const actions: Actions = { pin: checkPin }
