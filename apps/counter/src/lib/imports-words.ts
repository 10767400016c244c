import type { Translated } from '@janta/ui/i18n.ts'
import { language } from './language.svelte.ts'
import { imports as english } from './messages/en/imports.ts'
import { imports as hindi } from './messages/hi/imports.ts'

/** The words of imports in the language of this device; read inside `$derived`. */
export function importsWords(): Translated<typeof english> {
  return language.locale === 'hi' ? hindi : english
}
