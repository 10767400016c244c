import { pathIn } from '@janta/ui/i18n.ts'
import { fail, redirect } from '@sveltejs/kit'
import { textOf } from '#lib/server/form-text.ts'
import { pageOf, shownOf } from '#lib/server/problems.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => ({
  patients: (await pageOf(url, locals.locale, () => locals.api.listPatients({}))).items,
  isForgotten: url.searchParams.has('forgotten'),
})

export const actions: Actions = {
  forget: async ({ locals, request }) => {
    const id = textOf(await request.formData(), 'id')
    try {
      await locals.api.forgetPatient({ params: { id } })
    } catch (problem) {
      return fail(422, { problem: shownOf(problem, locals.locale).message })
    }
    redirect(303, pathIn(locals.locale, '/family?forgotten'))
  },
}
