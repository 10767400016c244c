import type { Locale } from '@janta/ui/i18n.ts'
import { packInHindi } from '@janta/ui/pack-words.ts'

/** Pack labels as they are printed, each with its words in the language of the page; what has none is left out. */
export function packNames(labels: readonly string[], locale: Locale): Record<string, string> {
  if (locale === 'en') return {}
  return Object.fromEntries(
    labels.flatMap(label => {
      const words = packInHindi(label)
      return words ? [[label, words]] : []
    }),
  )
}

/** A card whose pack is told in the language of the page, or as it is printed where its words are not known. */
export function withPackNamed<Card extends { readonly packLabel: string }>(
  card: Card,
  locale: Locale,
): Card {
  const { packLabel } = card
  return { ...card, packLabel: packNames([packLabel], locale)[packLabel] ?? packLabel }
}
