import type { FoundReview } from '#modules/prescriptions'
import type { PlacedLine } from './find-placed-lines.ts'

/** What may leave of a line: so many packs, and the base units where the last of them is cut. */
export interface ApprovedLine extends PlacedLine {
  readonly leftPacks: number
  readonly leftUnits: number | null
}

/**
 * What a decided review leaves of the lines of an order: never more than the order stands at, and a line that needs no
 * prescription as it is. A cut holds for the very packs it was made in.
 */
export function approvedOf(line: PlacedLine, review: FoundReview): ApprovedLine {
  if (!line.needsPrescription) return { ...line, leftPacks: line.quantity, leftUnits: line.units }
  const said = review.lines.find(one => one.line === line.line)
  const packs = said?.approvedPacks ?? 0
  if (packs > line.quantity) return { ...line, leftPacks: line.quantity, leftUnits: line.units }
  const units = said?.approvedUnits ?? null
  const isLess = packs === line.quantity && line.units !== null && (units ?? Infinity) > line.units
  return { ...line, leftPacks: packs, leftUnits: isLess ? line.units : units }
}

/** Whether the order stands at what was approved of this line. */
export function standsAsApproved({ leftPacks, leftUnits, quantity, units }: ApprovedLine): boolean {
  return leftPacks === quantity && leftUnits === units
}
