import type { ShopWords } from '@janta/ui/messages/en/shop.ts'
import type { FilterName } from '#lib/search-query.ts'

/** What a filter's value is called; makers have their own names. */
export function valueWord(name: FilterName, value: string, words: ShopWords): string {
  const { forms, decisions, bands } = words.finding
  const known: Record<FilterName, Record<string, string>> = {
    form: forms,
    prescription: decisions,
    price: bands,
    manufacturer: {},
  }
  return known[name][value] ?? value
}
