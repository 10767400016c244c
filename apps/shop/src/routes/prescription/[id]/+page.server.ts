import { mayOrder } from '@janta/contracts'
import { pathIn } from '@janta/ui/i18n.ts'
import { fail, redirect } from '@sveltejs/kit'
import { textOf } from '#lib/server/form-text.ts'
import { keptAddress } from '#lib/server/kept-address.ts'
import { pageOf, shownOf } from '#lib/server/problems.ts'
import { filesOf, sendFiles } from '#lib/server/send-files.ts'
import { prescriptionWordsOf } from '#lib/server/prescription-words.ts'
import type { Actions, PageServerLoad } from './$types'

const ordersLooked = 10

export const load: PageServerLoad = async ({ locals, params, url, cookies }) =>
  pageOf(url, locals.locale, async () => {
    const { api } = locals
    const session = await api.getMyUploadSession({ params: { id: params.id } })
    const pages = session.uploads.flatMap(upload =>
      upload.state === 'ready' ? upload.pages.map(({ page }) => ({ id: upload.id, page })) : [],
    )
    // Each look is written down and its address lasts a minute, which is enough for the page that shows it.
    const links = await Promise.all(
      pages.map(async ({ id, page }) => {
        const { urls } = await api.viewMyUpload({ params: { id }, body: { page } })
        return { id, page, small: urls.small, screen: urls.screen }
      }),
    )
    const isSpare = session.uploads.some(({ state, isUsed }) => state === 'ready' && !isUsed)
    const orders = isSpare ? await api.listMyOrders({ query: { limit: ordersLooked } }) : null
    const waiting = orders?.items.filter(({ state }) => mayOrder('add_prescription', state)) ?? []
    return {
      session,
      links,
      isOrdering: keptAddress(cookies) !== null,
      waiting: waiting.map(({ id, number }) => ({ id, number })),
    }
  })

export const actions: Actions = {
  send: async ({ locals, params, request }) => {
    const { api, locale } = locals
    const files = filesOf(await request.formData())
    if (files.length === 0) return fail(422, { problem: prescriptionWordsOf(locale).needFile })
    try {
      await sendFiles(api, params.id, files)
    } catch (problem) {
      return fail(422, { problem: shownOf(problem, locale).message })
    }
    redirect(303, pathIn(locale, `/prescription/${params.id}`))
  },
  takeBack: async ({ locals, params, request }) => {
    const id = textOf(await request.formData(), 'id')
    try {
      await locals.api.withdrawUpload({ params: { id } })
    } catch (problem) {
      return fail(422, { problem: shownOf(problem, locals.locale).message })
    }
    redirect(303, pathIn(locals.locale, `/prescription/${params.id}`))
  },
}
