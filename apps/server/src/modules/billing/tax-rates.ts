import type { Day } from '#kernel/day'
import { Refusal } from '#kernel/refusal'

export interface RatePeriod {
  readonly rateBasisPoints: number
  readonly effectiveFrom: Day
  /** The first day it no longer holds; null while it does. */
  readonly effectiveTo: Day | null
}

export interface HsnRate extends RatePeriod {
  readonly hsnPrefix: string
}

/** A rate of one product, such as a drug a notification names, whatever its HSN says. */
export interface ProductRate extends RatePeriod {
  readonly packId: string
}

export interface Rates {
  readonly byHsn: readonly HsnRate[]
  readonly byProduct: readonly ProductRate[]
}

/**
 * GST in basis points on that day: the product's own rate, else that of the longest prefix of its HSN. Refuses
 * `tax_rate_unknown`, naming the item, when there is no HSN or none of its prefixes has a rate: nobody may guess.
 */
export function rateOn(
  rates: Rates,
  item: { packId: string; hsn: string | null; description: string },
  day: Day,
): number {
  const holds = (one: RatePeriod) =>
    one.effectiveFrom <= day && (one.effectiveTo === null || day < one.effectiveTo)
  const own = rates.byProduct.find(one => one.packId === item.packId && holds(one))
  const { hsn } = item
  const general =
    hsn === null
      ? undefined
      : rates.byHsn
          .filter(one => hsn.startsWith(one.hsnPrefix) && holds(one))
          .toSorted((one, other) => other.hsnPrefix.length - one.hsnPrefix.length)[0]
  const found = own ?? general
  // A product's own rate needs an HSN all the same, because the law wants it printed (rule 46).
  if (found && hsn !== null) return found.rateBasisPoints
  throw new Refusal(
    'tax_rate_unknown',
    hsn === null
      ? `${item.description} has no HSN code, so its GST is not known. An administrator enters the HSN in the catalogue; then pack again.`
      : `No GST rate is known for HSN ${hsn} of ${item.description} on ${day}. An administrator enters the rate; then pack again.`,
  )
}
