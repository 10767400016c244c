import type { Translated } from '@janta/ui/i18n.ts'
import { language } from './language.svelte.ts'
import { lanes as english } from './messages/en/lanes.ts'
import { lanes as hindi } from './messages/hi/lanes.ts'

/** The words of the delivery areas in the language of this device; read inside `$derived`. */
export function lanesWords(): Translated<typeof english> {
  return language.locale === 'hi' ? hindi : english
}
