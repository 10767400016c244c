import { portionOf, shareExactly } from '#kernel/share-exactly'

/** What the arithmetic of a bill needs of a line; money in paise, quantities in packs and base units. */
export interface ReckonedFrom {
  readonly ratePaise: number
  readonly billedPacks: number
  readonly freePacks?: number
  readonly discountBasisPoints?: number
  readonly gstBasisPoints: number
  readonly goodPacks: number
  readonly damagedPacks?: number
  readonly unitsPerPack: number
}

export interface ReckonedLine {
  /** With its share of the bill's charges and discount. */
  readonly taxablePaise: number
  readonly gstPaise: number
  readonly landedPaise: number
  /** Base units that came, broken ones included. */
  readonly units: number
  readonly unitPaise: number
  readonly dearerUnits: number
}

export interface ReckonedBill {
  readonly lines: ReckonedLine[]
  readonly taxablePaise: number
  readonly gstPaise: number
  readonly totalPaise: number
}

interface BillAmounts {
  readonly chargesPaise?: number
  readonly billDiscountPaise?: number
  readonly roundingPaise?: number
}

/**
 * Reckons a bill as GST law does: rate x packs less discount, the bill's own charges and discount shared over the
 * lines by their value, tax on what results, each half up. Null when the bill's discount is above its goods.
 */
export function reckonBill(
  lines: readonly ReckonedFrom[],
  amounts: BillAmounts,
): ReckonedBill | null {
  const values = lines.map(line => {
    const gross = line.ratePaise * line.billedPacks
    return gross - portionOf(gross, line.discountBasisPoints ?? 0, 10_000)
  })
  const goods = sumOf(values)
  const discount = amounts.billDiscountPaise ?? 0
  if (discount > goods) return null
  const charges = shareExactly(amounts.chargesPaise ?? 0, values)
  const discounts = shareExactly(discount, values)
  const reckoned = lines.map((line, at) => {
    const taxablePaise = (values[at] ?? 0) + (charges[at] ?? 0) - (discounts[at] ?? 0)
    const gstPaise = portionOf(taxablePaise, line.gstBasisPoints, 10_000)
    return { taxablePaise, gstPaise, ...landedCost(line, taxablePaise) }
  })
  const taxablePaise = sumOf(reckoned.map(line => line.taxablePaise))
  const gstPaise = sumOf(reckoned.map(line => line.gstPaise))
  const totalPaise = Math.max(0, taxablePaise + gstPaise + (amounts.roundingPaise ?? 0))
  return { lines: reckoned, taxablePaise, gstPaise, totalPaise }
}

/**
 * What the goods that came cost: the whole line when everything came, free packs making each unit cheaper; of a short
 * line only the part that came, the rest being owed by the supplier. `dearerUnits` units cost one paisa more than
 * `unitPaise`, so that the units add up to the line exactly.
 */
function landedCost(
  line: ReckonedFrom,
  costPaise: number,
): Pick<ReckonedLine, 'landedPaise' | 'units' | 'unitPaise' | 'dearerUnits'> {
  const expected = line.billedPacks + (line.freePacks ?? 0)
  const came = line.goodPacks + (line.damagedPacks ?? 0)
  const landedPaise = came < expected ? portionOf(costPaise, came, expected) : costPaise
  const units = came * line.unitsPerPack
  if (units === 0) return { landedPaise, units, unitPaise: 0, dearerUnits: 0 }
  const dearerUnits = landedPaise % units
  return { landedPaise, units, unitPaise: (landedPaise - dearerUnits) / units, dearerUnits }
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0)
}
