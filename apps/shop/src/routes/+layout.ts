import { localeOf } from '@janta/ui/i18n.ts'
import type { ShopWords } from '@janta/ui/messages/en/shop.ts'
import type { LayoutLoad } from './$types'

/** A phone fetches the words of one language only. */
export const load: LayoutLoad = async ({ url }) => {
  const locale = localeOf(url.pathname)
  const { shop: words }: { shop: ShopWords } =
    locale === 'hi'
      ? await import('@janta/ui/messages/hi/shop.ts')
      : await import('@janta/ui/messages/en/shop.ts')
  return { locale, words }
}
