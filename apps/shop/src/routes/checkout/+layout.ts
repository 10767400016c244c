import { localeOf } from '@janta/ui/i18n.ts'
import type { LayoutLoad } from './$types'
import { loadWords } from '../orders/words.ts'

export const load: LayoutLoad = async ({ url }) => ({ t: await loadWords(localeOf(url.pathname)) })
