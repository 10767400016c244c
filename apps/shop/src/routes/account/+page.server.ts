import { pathIn } from '@janta/ui/i18n.ts'
import { redirect } from '@sveltejs/kit'
import { forgetAddress } from '#lib/server/kept-address.ts'
import { pageOf, signInPath } from '#lib/server/problems.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const { person } = await pageOf(url, locals.locale, () => locals.api.getMe({}))
  if (!person) redirect(303, signInPath(url, locals.locale))
  const credit = await pageOf(url, locals.locale, () => locals.api.getMyCredit({}))
  return { person, credit }
}

export const actions: Actions = {
  signOut: async ({ locals, cookies, url }) => {
    await pageOf(url, locals.locale, () => locals.api.endSession({}))
    forgetAddress(cookies)
    redirect(303, pathIn(locals.locale, '/'))
  },
}
