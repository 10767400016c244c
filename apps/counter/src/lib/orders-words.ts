import type { Translated } from '@janta/ui/i18n.ts'
import { language } from './language.svelte.ts'
import { orders as english } from './messages/en/orders.ts'
import { orders as hindi } from './messages/hi/orders.ts'

/** The words about orders in the language of this device; read inside `$derived`. */
export function ordersWords(): Translated<typeof english> {
  return language.locale === 'hi' ? hindi : english
}
