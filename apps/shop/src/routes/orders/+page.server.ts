import type { Api } from '#lib/server/api.ts'
import { waitsForCustomer } from './order-steps.ts'
import { pageOf } from '#lib/server/problems.ts'
import type { PageServerLoad } from './$types'

const shownMax = 20

export const load: PageServerLoad = async ({ locals, url }) => {
  const before = url.searchParams.get('before')
  const { orders, questions } = await pageOf(url, locals.locale, () =>
    readOrders(locals.api, before),
  )
  const asked = new Set(
    questions.items.flatMap(({ answer, orderId }) => (answer === null ? [orderId] : [])),
  )
  const waits = orders.items.filter(
    ({ id, state }) =>
      waitsForCustomer(state) || (state === 'awaiting_prescription' && asked.has(id)),
  )
  return {
    before,
    next: orders.next,
    asked: [...asked],
    waits,
    others: orders.items.filter(order => !waits.includes(order)),
  }
}

async function readOrders(api: Api, before: string | null) {
  const [orders, questions] = await Promise.all([
    api.listMyOrders({ query: { limit: shownMax, ...(before && { before }) } }),
    api.listMyQuestions({}),
  ])
  return { orders, questions }
}
