import type { Translated } from '@janta/ui/i18n.ts'
import { language } from './language.svelte.ts'
import { advice as english } from './messages/en/advice.ts'
import { advice as hindi } from './messages/hi/advice.ts'

/** The words of growth advice in the language of this device; read inside `$derived`. */
export function adviceWords(): Translated<typeof english> {
  return language.locale === 'hi' ? hindi : english
}
