import type { Translated } from '@janta/ui/i18n.ts'
import { language } from './language.svelte.ts'
import { demand as english } from './messages/en/demand.ts'

type Words = Translated<typeof english>

let hindi = $state.raw<Words>()
let isAsked = false

async function fetchHindi(): Promise<void> {
  isAsked = true
  hindi = (await import('./messages/hi/demand.ts')).demand
}

/**
 * The words of the reports over a period in the language of this device; read inside `$derived`. The Hindi ones are fetched only
 * where they are read; until they are here, the English ones stand.
 */
export function demandWords(): Words {
  if (language.locale !== 'hi') return english
  if (!isAsked) void fetchHindi()
  return hindi ?? english
}
