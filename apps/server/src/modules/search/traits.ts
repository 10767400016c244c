// What facets count of a medicine, in sixteen bits: one cell of memory read instead of four.
import assert from 'node:assert/strict'
import { priceBands, saleDecisions } from '@janta/contracts'

const formBits = 8
const stockBit = 1 << formBits
const decisionShift = formBits + 1
const decisionMask = 7
const bandShift = decisionShift + 3
/** The kinds of medicine besides their form: every decision, band and stock there may be. */
export const kindsMax = 1 << (16 - formBits)

export interface Traits {
  readonly form: number
  /** As `bandOf`; -1 where the price is not known. */
  readonly band: number
  /** The place in `saleDecisions`. */
  readonly decision: number
  readonly isInStock: boolean
}

export function traitsOf({ form, band, decision, isInStock }: Traits): number {
  return form | (isInStock ? stockBit : 0) | (decision << decisionShift) | ((band + 1) << bandShift)
}

export const formOf = (traits: number): number => traits & (stockBit - 1)
/** Everything but the form: below `kindsMax`. */
export const kindOf = (traits: number): number => traits >> formBits
export const decisionOf = (kind: number): number => (kind >> 1) & decisionMask
export const bandOfKind = (kind: number): number => (kind >> (bandShift - formBits)) - 1
export const isInStockOf = (kind: number): boolean => (kind & 1) === 1

assert(
  saleDecisions.length <= decisionMask + 1 && priceBands.length < 1 << (16 - bandShift),
  'a medicine has more kinds than sixteen bits hold',
)
