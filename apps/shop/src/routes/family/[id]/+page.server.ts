import { randomUUID } from 'node:crypto'
import { consentVersionNow, patientConsentTexts } from '@janta/contracts'
import { pathIn } from '@janta/ui/i18n.ts'
import { error, fail, redirect } from '@sveltejs/kit'
import type { Api } from '#lib/server/api.ts'
import { readPatient } from '#lib/server/patient-form.ts'
import { pageOf, shownOf } from '#lib/server/problems.ts'
import { familyWordsOf } from '#lib/server/prescription-words.ts'
import type { Actions, PageServerLoad } from './$types'

const isNew = (id: string) => id === 'new'

async function findPatient(api: Api, id: string) {
  return (await api.listPatients({})).items.find(one => one.id === id)
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { api, locale } = locals
  const patient = await pageOf(url, locale, () => findPatient(api, params.id))
  if (!patient && !isNew(params.id)) error(404, { message: 'not_found' })
  return { patient, texts: patientConsentTexts[consentVersionNow][locale] }
}

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { api, locale } = locals
    const form = await request.formData()
    const typed = Object.fromEntries(
      [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ) as Record<string, string>
    try {
      const before = isNew(params.id) ? undefined : await findPatient(api, params.id)
      const read = readPatient(form, locale, familyWordsOf(locale), before)
      if ('gaps' in read) return fail(422, { typed, gaps: read.gaps, problem: '' })
      const { body } = read
      if (isNew(params.id)) await api.addPatient({ body, idempotencyKey: randomUUID() })
      else await api.changePatient({ params: { id: params.id }, body })
    } catch (problem) {
      const { message } = shownOf(problem, locale)
      return fail(422, { typed, gaps: {} as Record<string, string>, problem: message })
    }
    redirect(303, pathIn(locale, '/family'))
  },
}
