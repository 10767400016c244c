import type { MedicineCard } from '@janta/contracts'
import type { ShopWords } from '@janta/ui/messages/en/shop.ts'

/** Fewer whole packs than this are counted aloud. */
const fewPacks = 5

/** Whether a pack can be put in the cart now, and the word that says why not. */
export function saleOf(card: MedicineCard, words: ShopWords['browse']) {
  if (card.decision === 'blocked') return { may: false, tone: 'bad', word: words.notSold } as const
  if (card.decision === 'unclassified')
    return { may: false, tone: 'neutral', word: words.notYetSold } as const
  if (card.pricePaise === null) return { may: false, tone: 'neutral', word: words.noPrice } as const
  if (card.availablePacks < 1) return { may: false, tone: 'warn', word: words.outOfStock } as const
  // Both wait in the cart: a pharmacist looks at the prescription after it is ordered.
  if (card.decision === 'prescription')
    return { may: true, tone: 'info', word: words.prescriptionNeeded } as const
  if (card.decision === 'store_only')
    return { may: true, tone: 'info', word: words.storeOnly } as const
  if (card.availablePacks < fewPacks) {
    return { may: true, tone: 'warn', word: words.fewLeft(card.availablePacks) } as const
  }
  return { may: true, tone: 'ok', word: words.inStock } as const
}

export function unitWord(unit: string, words: ShopWords['common']): string {
  const known: Record<string, string> = words.units
  return known[unit] ?? unit
}
