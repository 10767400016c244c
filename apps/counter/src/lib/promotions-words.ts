import type { Translated } from '@janta/ui/i18n.ts'
import { language } from './language.svelte.ts'
import { promotions as english } from './messages/en/promotions.ts'
import { promotions as hindi } from './messages/hi/promotions.ts'

/** The words about coupons and offers in the language of this device; read inside `$derived`. */
export function promotionsWords(): Translated<typeof english> {
  return language.locale === 'hi' ? hindi : english
}
