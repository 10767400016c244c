import type { BillFlag } from '@janta/contracts'
import type { BillRow } from './bill-draft.ts'
import { countsOf } from './bill-of-draft.ts'
import type { buyWords } from './words.svelte.ts'
import { readRupees } from '../rupees.ts'

interface Say {
  readonly words: (typeof buyWords)['now']
  readonly money: (paise: number) => string
  readonly count: (value: number) => string
}

/** A flag in words with its figures, as far as the row knows them: what was, and what is now. */
export function sayFlag(flag: BillFlag, row: BillRow, { words, money, count }: Say): string {
  const { billed, free, damaged, good } = countsOf(row)
  const expected = (billed ?? 0) + (free ?? 0)
  const came = (good ?? 0) + (damaged ?? 0)
  switch (flag) {
    case 'mrp_changed':
      return row.lastMrp
        ? words.mrpWas(money(Number(row.lastMrp)), money(readRupees(row.mrp) ?? 0))
        : words.flags.mrp_changed
    case 'price_above_last':
      return row.lastRate
        ? words.costWas(money(Number(row.lastRate)))
        : words.flags.price_above_last
    case 'short':
      return words.shortBy(count(expected - came))
    case 'excess':
      return words.excessBy(count(came - expected))
    case 'damaged':
      return words.damagedBy(count(damaged ?? 0))
    case 'not_ordered':
    case 'short_expiry':
      return words.flags[flag]
  }
}
