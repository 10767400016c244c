import type { Locale, Translated } from '@janta/ui/i18n.ts'
import { order as english } from '@janta/ui/messages/en/order.ts'
import { order as hindi } from '@janta/ui/messages/hi/order.ts'

export function orderWordsOf(locale: Locale): Translated<typeof english> {
  return locale === 'hi' ? hindi : english
}
