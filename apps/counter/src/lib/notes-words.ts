import type { Translated } from '@janta/ui/i18n.ts'
import { language } from './language.svelte.ts'
import { notes as english } from './messages/en/notes.ts'
import { notes as hindi } from './messages/hi/notes.ts'

/** The words of the product notes in the language of this device; read inside `$derived`. */
export function notesWords(): Translated<typeof english> {
  return language.locale === 'hi' ? hindi : english
}
