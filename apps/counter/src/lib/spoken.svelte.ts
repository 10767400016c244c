import type { Translated } from '@janta/ui/i18n.ts'
import { language } from './language.svelte.ts'

/**
 * The words of an area in the language of this device, for reading inside `$derived`. The Hindi ones are fetched where
 * they are first read; until they are here, and without a line, the English ones stand and the next reading asks again.
 */
export function spoken<Words>(
  english: Words & Translated<Words>,
  fetchHindi: () => Promise<Translated<Words>>,
): () => Translated<Words> {
  let hindi = $state.raw<Translated<Words>>()
  let isAsked = false

  async function ask(): Promise<void> {
    isAsked = true
    try {
      hindi = await fetchHindi()
    } catch {
      isAsked = false
    }
  }

  return () => {
    if (language.locale !== 'hi') return english
    if (!isAsked) void ask()
    return hindi ?? english
  }
}
