import type { SaleTerms } from './sale-terms.ts'

/**
 * The one rule for what the online decision matrix hides (Schedule X, narcotics, MTP drugs, what is banned and what
 * nobody classified yet): it is never offered. No list that was not asked for by name, no completion of a half typed
 * one, no other brand, no picture, no sitemap and no structured data shows it. Whoever names it, in a search or by the
 * address of its page, is told that it is not sold, without price and stock; silence would send people on to sellers
 * who ask no questions.
 */
export function isOffered(terms: Pick<SaleTerms, 'showsInCatalogue'>): boolean {
  return terms.showsInCatalogue
}
