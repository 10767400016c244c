import { medicineCategories } from '@janta/contracts'
import { pageOf } from '#lib/server/problems.ts'
import type { PageServerLoad } from './$types'

const resultsMax = 48
const lettersMax = 200

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  const q = (url.searchParams.get('q') ?? '').trim().slice(0, lettersMax)
  const asked = url.searchParams.get('category')
  const category = medicineCategories.find(known => known === asked)
  const found = await pageOf(url, locals.locale, () =>
    locals.api.searchMedicines({
      query: { limit: resultsMax, ...(q && { q }), ...(category && { category }) },
    }),
  )
  setHeaders({ 'cache-control': 'public, max-age=60, stale-while-revalidate=300' })
  return { q, category: category ?? null, found }
}
