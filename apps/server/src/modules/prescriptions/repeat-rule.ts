import type { PrescriptionReason } from '@janta/contracts'
import { addDays, type Day } from '#kernel/day'

/** What the prescriber allowed of one item. A blank means once (Drugs Rules, rule 65(11)). */
export interface Prescribed {
  readonly authority: 'once' | 'times' | 'unstated'
  /** Occasions, the first counted: as written, or for `unstated` as confirmed with the prescriber. */
  readonly times: number | null
  readonly intervalDays: number | null
  /** Base units: of each occasion, or of all of them together. */
  readonly units: number
  readonly basis: 'each' | 'total'
}

/** One movement of a prescribed quantity. A return gives back quantity, never an occasion. */
export interface Use {
  readonly orderId: string
  readonly kind: 'dispensed' | 'returned'
  readonly units: number
  readonly on: Day
}

export interface Allowance {
  readonly occasions: number
  readonly occasionsUsed: number
  /** What is left of all occasions, and what this order may still take of it. */
  readonly remainingUnits: number
  readonly nowUnits: number
  /** What this order took already. */
  readonly ownUnits: number
  /** True when something of it was supplied before, with another order. */
  readonly isRepeat: boolean
  /** The first day of the next occasion; null when any day will do. */
  readonly nextOn: Day | null
}

/** How often an item may be supplied; a number nobody confirmed with the prescriber counts as once. */
export function occasionsOf({ authority, times }: Prescribed): number {
  return authority === 'once' ? 1 : (times ?? 1)
}

/** What is left of an item for one order, whose supplies together are one occasion. Grace is the owner's, in days. */
export function allowanceOf(
  prescribed: Prescribed,
  uses: readonly Use[],
  orderId: string,
  graceDays: number,
): Allowance {
  const occasions = occasionsOf(prescribed)
  const total = prescribed.basis === 'each' ? prescribed.units * occasions : prescribed.units
  const net = (of: readonly Use[]) =>
    of.reduce((sum, use) => sum + (use.kind === 'dispensed' ? use.units : -use.units), 0)
  const dispensed = uses.filter(use => use.kind === 'dispensed')
  const earlier = new Set(dispensed.map(use => use.orderId))
  const isOpened = earlier.delete(orderId)
  const remainingUnits = Math.max(total - net(uses), 0)
  const ownUnits = net(uses.filter(use => use.orderId === orderId))
  const isSpent = !isOpened && earlier.size >= occasions
  const ceiling =
    prescribed.basis === 'each' ? Math.max(prescribed.units - ownUnits, 0) : remainingUnits
  const last = dispensed
    .filter(use => use.orderId !== orderId)
    .map(use => use.on)
    .sort()
    .at(-1)
  const waits = !isOpened && last !== undefined && prescribed.intervalDays !== null
  return {
    occasions,
    occasionsUsed: earlier.size + (isOpened ? 1 : 0),
    remainingUnits,
    nowUnits: isSpent ? 0 : Math.min(ceiling, remainingUnits),
    ownUnits,
    isRepeat: earlier.size > 0,
    nextOn: waits ? addDays(last, Math.max((prescribed.intervalDays ?? 0) - graceDays, 0)) : null,
  }
}

/** Why so many units are not supplied on a day, or null. */
export function supplyReason(
  allowance: Allowance,
  supply: { readonly units: number; readonly on: Day },
): PrescriptionReason | null {
  if (allowance.nowUnits === 0) return 'already_dispensed'
  if (allowance.nextOn !== null && supply.on < allowance.nextOn) return 'repeat_too_early'
  return supply.units > allowance.nowUnits ? 'qty_exceeds' : null
}
