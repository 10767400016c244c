import type { Translated } from '@janta/ui/i18n.ts'
import { language } from './language.svelte.ts'
import { catalogue as english } from './messages/en/catalogue.ts'
import { catalogue as hindi } from './messages/hi/catalogue.ts'

/** The words of the catalogue's pages in the language of this device; read inside `$derived`. */
export function catalogueWords(): Translated<typeof english> {
  return language.locale === 'hi' ? hindi : english
}
