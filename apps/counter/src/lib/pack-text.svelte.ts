import { language } from './language.svelte.ts'

// Fetched where Hindi is read: a desk in English carries none of these words.
let inHindi = $state.raw<(label: string) => string | null>(() => null)
let isAsked = false

/** A pack label in the language of the desk; null where it is not known, and while its words are fetched. */
export function packText(label: string): string | null {
  if (language.locale !== 'hi') return null
  if (!isAsked) {
    isAsked = true
    void import('@janta/ui/pack-words.ts').then(words => (inHindi = words.packInHindi))
  }
  return inHindi(label)
}
