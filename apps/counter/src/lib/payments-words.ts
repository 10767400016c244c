import type { Translated } from '@janta/ui/i18n.ts'
import { language } from './language.svelte.ts'
import { payments as english } from './messages/en/payments.ts'
import { payments as hindi } from './messages/hi/payments.ts'

/** The words about payments and cash in the language of this device; read inside `$derived`. */
export function paymentsWords(): Translated<typeof english> {
  return language.locale === 'hi' ? hindi : english
}
