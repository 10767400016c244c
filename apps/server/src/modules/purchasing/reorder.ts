import { divideDown } from '#kernel/money'

/** A medicine as the question "how many packs?" sees it. Quantities in base units unless named packs. */
export interface ReorderFacts {
  readonly unitsPerPack: number
  readonly soldUnits: number
  readonly soldDays: number
  readonly recentUnits: number
  readonly recentDays: number
  /** Free units by the days they may still be sold for, earliest end first. */
  readonly lots: readonly { readonly daysToSell: number; readonly units: number }[]
  readonly onOrderUnits: number
  readonly leadDays: number
  readonly coverDays: number
  readonly safetyDays: number
  /** New goods last at least so many days; more than is sold in them would expire. */
  readonly lifeDays: number
  readonly minPacks: number | null
  readonly maxPacks: number | null
}

export interface Reorder {
  readonly packs: number
  /** What lies here and can be sold in time, and what cannot. */
  readonly usableUnits: number
  readonly expiringUnits: number
  /** Whole days until the usable units are sold at the present rate; null when nothing is sold. */
  readonly daysLeft: number | null
  readonly reason: 'runs_out' | 'below_minimum' | null
}

/**
 * How many packs to order. Sales per day are the larger of the whole window's and the last weeks', so that a season that
 * begins is seen. When what is usable and on its way lasts no longer than the supplier needs and a reserve, stock is
 * filled up to lead, reserve and cover; never with more than can be sold before it expires. A minimum and maximum
 * set by a person stand above both.
 */
export function reorder(facts: ReorderFacts): Reorder {
  const rate = dailyRate(facts)
  const { usableUnits, expiringUnits } = usable(facts, rate)
  const daysLeft = rate.units === 0 ? null : divideDown(usableUnits * rate.days, rate.units)
  const found = { usableUnits, expiringUnits, daysLeft }
  const coming = usableUnits + facts.onOrderUnits
  const minimum = (facts.minPacks ?? 0) * facts.unitsPerPack
  const waiting = facts.leadDays + facts.safetyDays
  const runsOut = rate.units > 0 && coming <= soldIn(waiting, rate)
  const isBelow = facts.minPacks !== null && coming < minimum
  if (!runsOut && !isBelow) return { ...found, packs: 0, reason: null }
  const consumption = Math.min(
    soldIn(waiting + facts.coverDays, rate),
    soldIn(facts.lifeDays, rate),
  )
  const maximum = facts.maxPacks === null ? null : facts.maxPacks * facts.unitsPerPack
  const target = isBelow
    ? (maximum ?? Math.max(minimum, runsOut ? consumption : 0))
    : Math.min(consumption, maximum ?? consumption)
  const units = Math.max(0, target - coming)
  const packs = divideDown(units + facts.unitsPerPack - 1, facts.unitsPerPack)
  if (packs === 0) return { ...found, packs, reason: null }
  return { ...found, packs, reason: isBelow ? 'below_minimum' : 'runs_out' }
}

/** Units in days, a fraction that is never rounded by itself. */
interface Rate {
  readonly units: number
  readonly days: number
}

/** A new medicine's first days are not spread over a window it was not sold in, but one lucky week is no trend. */
const fewestDays = 14

function dailyRate(facts: ReorderFacts): Rate {
  const whole = { units: facts.soldUnits, days: Math.max(facts.soldDays, fewestDays) }
  const recent = { units: facts.recentUnits, days: facts.recentDays }
  return whole.units * recent.days >= recent.units * whole.days ? whole : recent
}

function soldIn(days: number, { units, days: per }: Rate): number {
  return divideDown(units * days + per - 1, per)
}

/** First expiry first, each lot sells only what the rate leaves until its own last day. */
function usable(facts: ReorderFacts, rate: Rate): { usableUnits: number; expiringUnits: number } {
  let usableUnits = 0
  let expiringUnits = 0
  for (const lot of facts.lots) {
    // Nothing sold says nothing about what will be: it stands on the shelf as it is.
    const room =
      rate.units === 0 ? lot.units : Math.max(0, soldIn(lot.daysToSell, rate) - usableUnits)
    const sold = Math.min(lot.units, room)
    usableUnits += sold
    expiringUnits += lot.units - sold
  }
  return { usableUnits, expiringUnits }
}
