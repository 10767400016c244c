import { localeOf, type Translated } from '@janta/ui/i18n.ts'
import type { family as english } from '@janta/ui/messages/en/family.ts'
import type { LayoutLoad } from './$types'

/** The words of family profiles in one language: only their own pages fetch them. */
export const load: LayoutLoad = async ({ url }) => {
  const loaded: { family: Translated<typeof english> } =
    localeOf(url.pathname) === 'hi'
      ? await import('@janta/ui/messages/hi/family.ts')
      : await import('@janta/ui/messages/en/family.ts')
  return { t: loaded.family }
}
