import type { Translated } from '@janta/ui/i18n.ts'
import { language } from './language.svelte.ts'
import { store as english } from './messages/en/store.ts'

type Words = Translated<typeof english>

let hindi = $state.raw<Words>()
let isAsked = false

async function fetchHindi(): Promise<void> {
  isAsked = true
  hindi = (await import('./messages/hi/store.ts')).store
}

/**
 * The words of the store's pages in the language of this device; read inside `$derived`. The Hindi ones are fetched only
 * where they are read; until they are here, the English ones stand.
 */
export function storeWords(): Words {
  if (language.locale !== 'hi') return english
  if (!isAsked) void fetchHindi()
  return hindi ?? english
}
