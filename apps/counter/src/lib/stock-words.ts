import type { Translated } from '@janta/ui/i18n.ts'
import { language } from './language.svelte.ts'
import { stock as english } from './messages/en/stock.ts'
import { stock as hindi } from './messages/hi/stock.ts'

/** The words about stock in the language of this device; read inside `$derived`. */
export function stockWords(): Translated<typeof english> {
  return language.locale === 'hi' ? hindi : english
}
