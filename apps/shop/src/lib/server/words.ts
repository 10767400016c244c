import type { Locale } from '@janta/ui/i18n.ts'
import { type ShopWords, shop as english } from '@janta/ui/messages/en/shop.ts'
import { shop as hindi } from '@janta/ui/messages/hi/shop.ts'

export function wordsOf(locale: Locale): ShopWords {
  return locale === 'hi' ? hindi : english
}
