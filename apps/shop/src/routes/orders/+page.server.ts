import { pageOf } from '#lib/server/problems.ts'
import type { PageServerLoad } from './$types'

const shownMax = 20

export const load: PageServerLoad = async ({ locals, url }) => {
  const before = url.searchParams.get('before')
  return {
    before,
    orders: await pageOf(url, locals.locale, () =>
      locals.api.listMyOrders({ query: { limit: shownMax, ...(before && { before }) } }),
    ),
  }
}
