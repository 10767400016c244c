import type { Locale } from '@janta/ui/format.ts'
import type { ShopWords } from '@janta/ui/messages/en/shop.ts'
import { page } from '$app/state'

/** The language of the page and its words, as the root layout loaded them; read it inside `$derived` or markup. */
export const shell = {
  get locale(): Locale {
    return page.data.locale
  },
  get words(): ShopWords {
    return page.data.words
  },
}
