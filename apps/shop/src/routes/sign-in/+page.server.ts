import { formatTime } from '@janta/ui/format.ts'
import { pathIn } from '@janta/ui/i18n.ts'
import { fail, redirect } from '@sveltejs/kit'
import { nextPath } from '#lib/next-path.ts'
import { textOf } from '#lib/server/form-text.ts'
import { pageOf, shownOf } from '#lib/server/problems.ts'
import { wordsOf } from '#lib/server/words.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const next = nextPath(url.searchParams.get('next'))
  const { person } = await pageOf(url, locals.locale, () => locals.api.getMe({}))
  if (person) redirect(303, pathIn(locals.locale, next))
  return { next }
}

export const actions: Actions = {
  send: async ({ locals, request }) => {
    const mobile = textOf(await request.formData(), 'mobile')
    const words = wordsOf(locals.locale).account
    if (!mobile) return fail(422, { step: 'mobile' as const, mobile, problem: words.needMobile })
    try {
      const sent = await locals.api.requestSignInCode({
        body: { mobile, language: locals.locale },
      })
      return {
        step: 'code' as const,
        mobile,
        codeId: sent.id,
        mobileMasked: sent.mobileMasked,
        validUntil: formatTime(sent.expiresAt, locals.locale),
        localCode: sent.localCode ?? '',
      }
    } catch (problem) {
      return fail(422, {
        step: 'mobile' as const,
        mobile,
        problem: shownOf(problem, locals.locale).message,
      })
    }
  },

  confirm: async ({ locals, request, url }) => {
    const form = await request.formData()
    const text = (name: string) => textOf(form, name)
    const shown = {
      step: 'code' as const,
      mobile: text('mobile'),
      codeId: text('codeId'),
      mobileMasked: text('mobileMasked'),
      validUntil: text('validUntil'),
      localCode: text('localCode'),
    }
    const code = text('code').replaceAll(/\s/g, '')
    if (!code) return fail(422, { ...shown, problem: wordsOf(locals.locale).account.needCode })
    try {
      await locals.api.createSession({ body: { codeId: shown.codeId, code } })
    } catch (problem) {
      const refused = shownOf(problem, locals.locale)
      const isOver = refused.code === 'code_expired' || refused.code === 'code_used_up'
      if (isOver)
        return fail(422, {
          step: 'mobile' as const,
          mobile: shown.mobile,
          problem: refused.message,
        })
      return fail(422, { ...shown, problem: refused.message })
    }
    redirect(303, pathIn(locals.locale, nextPath(url.searchParams.get('next'))))
  },
}
