import assert from 'node:assert/strict'
import { assertWhole } from '#kernel/money'
import { portionOf } from '#kernel/share-exactly'

/** Amounts of one line, or of the part of it that was credited. */
export interface LineAmounts {
  readonly netPaise: number
  readonly taxablePaise: number
  readonly cgstPaise: number
  readonly sgstPaise: number
  readonly igstPaise: number
}

export const nothingCredited: LineAmounts = {
  netPaise: 0,
  taxablePaise: 0,
  cgstPaise: 0,
  sgstPaise: 0,
  igstPaise: 0,
}

/**
 * What a return of `units` more of a line brings back when `unitsBefore` of its `unitsSold` came back already for
 * `before`: by cumulative rounding, so that the last return always clears the line to the paisa, at the rate and
 * split of the invoice. The taxable value is the net less its taxes, which on amounts of a few paise a unit may make
 * it a paisa or two less than nothing in one return and as much more in another.
 */
export function creditOf(
  line: LineAmounts,
  { unitsSold, unitsBefore, units }: { unitsSold: number; unitsBefore: number; units: number },
  before: LineAmounts,
): LineAmounts {
  assertWhole(unitsBefore)
  assert(units > 0 && unitsBefore + units <= unitsSold, 'no more comes back than was sold')
  const after = unitsBefore + units
  const part = (total: number, credited: number) => portionOf(total, after, unitsSold) - credited
  const netPaise = part(line.netPaise, before.netPaise)
  const cgstPaise = part(line.cgstPaise, before.cgstPaise)
  const sgstPaise = part(line.sgstPaise, before.sgstPaise)
  const igstPaise = part(line.igstPaise, before.igstPaise)
  const taxablePaise = netPaise - cgstPaise - sgstPaise - igstPaise
  return { netPaise, taxablePaise, cgstPaise, sgstPaise, igstPaise }
}

/**
 * The part of the cash rounding that goes back with `creditedPaise` of the lines' `totalPaise`, in whole: what was
 * rounded off is given back in proportion, so that the notes of a whole invoice come to what was paid.
 */
export function roundOffCredited(
  roundOffPaise: number,
  creditedPaise: number,
  totalPaise: number,
): number {
  assert(creditedPaise <= totalPaise, 'no more is credited than was invoiced')
  if (roundOffPaise === 0 || totalPaise === 0) return 0
  const share = Number(
    (BigInt(Math.abs(roundOffPaise)) * BigInt(creditedPaise)) / BigInt(totalPaise),
  )
  return roundOffPaise < 0 ? -share : share
}
