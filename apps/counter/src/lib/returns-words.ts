import type { Translated } from '@janta/ui/i18n.ts'
import { language } from './language.svelte.ts'
import { returns as english } from './messages/en/returns.ts'
import { returns as hindi } from './messages/hi/returns.ts'

/** The words about returns in the language of this device; read inside `$derived`. */
export function returnsWords(): Translated<typeof english> {
  return language.locale === 'hi' ? hindi : english
}
