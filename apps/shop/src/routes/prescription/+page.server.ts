import { randomUUID } from 'node:crypto'
import { pathIn } from '@janta/ui/i18n.ts'
import { fail, redirect } from '@sveltejs/kit'
import { textOf } from '#lib/server/form-text.ts'
import { pageOf, shownOf, signInPath } from '#lib/server/problems.ts'
import { filesOf, sendFiles } from '#lib/server/send-files.ts'
import { prescriptionWordsOf } from '#lib/server/prescription-words.ts'
import type { Actions, PageServerLoad } from './$types'

const shown = 20

export const load: PageServerLoad = async ({ locals, url }) => {
  const { api, locale } = locals
  const signIn = signInPath(url, locale)
  return pageOf(url, locale, async () => {
    const { person } = await api.getMe({})
    if (!person) return { signIn, mine: null }
    const [sessions, patients] = await Promise.all([
      api.listMyUploadSessions({ query: { limit: shown } }),
      api.listPatients({}),
    ])
    const names = patients.items.map(({ id, name }) => ({ id, name }))
    return { signIn, mine: { sessions: sessions.items, patients: names } }
  })
}

export const actions: Actions = {
  send: async ({ locals, request, url }) => {
    const { api, locale } = locals
    const form = await request.formData()
    const files = filesOf(form)
    if (files.length === 0) return fail(422, { problem: prescriptionWordsOf(locale).needFile })
    const patientId = textOf(form, 'patientId')
    const begun = await api
      .startUploadSession({ body: patientId ? { patientId } : {}, idempotencyKey: randomUUID() })
      .catch((problem: unknown) => shownOf(problem, locale))
    if ('code' in begun) {
      if (begun.code === 'sign_in_needed') redirect(303, signInPath(url, locale))
      return fail(422, { problem: begun.message })
    }
    try {
      await sendFiles(api, begun.id, files)
    } catch (problem) {
      return fail(422, { problem: shownOf(problem, locale).message })
    }
    redirect(303, pathIn(locale, `/prescription/${begun.id}`))
  },
}
