import type { Swap } from '@janta/contracts'
import type { SaleDecision } from '@janta/contracts'
import { assertWhole, divideDown } from '#kernel/money'
import type { Language } from './sale-sentence.ts'

export interface PricedPack {
  readonly pricePaise: number
  readonly unitsPerPack: number
}

export interface Saving {
  /** What as many units as the first pack holds cost less. */
  readonly savingPerPackPaise: number
  readonly savingPerUnitPaise: number
  readonly savingPercent: number
}

/**
 * What another brand saves against this pack, by the unit and for the same number of units; every figure rounded
 * down, so that nobody is promised a paisa too much. Null when it saves nothing. 112.00 for 10 against 45.00 for 15
 * saves 73 percent.
 */
export function savingOf(own: PricedPack, other: PricedPack): Saving | null {
  // Per unit as fractions over ownUnits x otherUnits, so that nothing is rounded before the end.
  const units = own.unitsPerPack * other.unitsPerPack
  const ownCost = own.pricePaise * other.unitsPerPack
  const difference = ownCost - other.pricePaise * own.unitsPerPack
  if (difference <= 0) return null
  assertWhole(ownCost * 100)
  return {
    savingPerPackPaise: divideDown(difference, other.unitsPerPack),
    savingPerUnitPaise: divideDown(difference, units),
    savingPercent: divideDown(difference * 100, ownCost),
  }
}

/**
 * How a customer may come to another brand: by choosing it where no prescription is needed, by asking a doctor where
 * one is (Drugs Rules, rule 65(11A): another preparation may not be supplied), and not at all otherwise.
 */
export function swapOf(decision: SaleDecision): Swap {
  switch (decision) {
    case 'open':
      return 'free'
    case 'prescription':
    case 'store_only':
      return 'ask_doctor'
    case 'blocked':
    case 'unclassified':
      return 'none'
  }
}

const sentences: Record<Exclude<Swap, 'none'>, Record<Language, string>> = {
  free: {
    en: 'Same medicine, different company. Choose whichever you like.',
    hi: 'वही दवा, दूसरी कंपनी। जो चाहें चुनें।',
  },
  ask_doctor: {
    en: 'Same medicine, different company. Your doctor must agree before we change it: ask your doctor about this.',
    hi: 'वही दवा, दूसरी कंपनी। बदलने से पहले डॉक्टर की हाँ ज़रूरी है: अपने डॉक्टर से पूछिए।',
  },
}

/** What to say beside other brands; null where none are offered. */
export function swapSentence(swap: Swap, language: Language): string | null {
  return swap === 'none' ? null : sentences[swap][language]
}
