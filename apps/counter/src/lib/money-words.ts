import type { Translated } from '@janta/ui/i18n.ts'
import { language } from './language.svelte.ts'
import { money as english } from './messages/en/money.ts'
import { money as hindi } from './messages/hi/money.ts'

/** The words of the books in the language of this device; read inside `$derived`. */
export function moneyWords(): Translated<typeof english> {
  return language.locale === 'hi' ? hindi : english
}
