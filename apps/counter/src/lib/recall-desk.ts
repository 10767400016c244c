import { client, recalls } from '@janta/contracts'
import type { Translated } from '@janta/ui/i18n.ts'
import { send } from './api.ts'
import { language } from './language.svelte.ts'
import { recall as english } from './messages/en/recall.ts'
import { recall as hindi } from './messages/hi/recall.ts'

/** What the recall pages ask of the API, apart from what every desk downloads. */
export const recallApi = client(recalls, '', send)

/** The words of the recall pages in the language of this device; read inside `$derived`. */
export function recallWords(): Translated<typeof english> {
  return language.locale === 'hi' ? hindi : english
}
