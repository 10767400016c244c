import type { FieldProblem, NewReceipt } from '@janta/contracts'
import { type Day, lastDayOf, monthOf } from '#kernel/day'
import { Refusal } from '#kernel/refusal'

export type ReceiptLine = NewReceipt['lines'][number]

/** The ledger counts in 32 bits; a line above this is a slip of the finger, not a delivery. */
const unitsPerLineMax = 1_000_000_000

/**
 * Refuses goods that must not enter the books, naming every wrong field at once: `batch_expired` when a batch is
 * past its last day, `receipt_invalid` for a maker's date after the expiry or in the future, a purchase rate above the MRP (no
 * sale could ever be lawful and whole), one batch entered twice, or an impossible quantity.
 */
export function assertReceivable(
  lines: readonly (ReceiptLine & { unitsPerPack: number })[],
  today: Day,
): void {
  const expired = lines.flatMap((line, index) =>
    lastDayOf(line.expiry) < today
      ? [problem(index, 'expiry', `Batch ${line.batchNumber} expired in ${line.expiry}`)]
      : [],
  )
  if (expired.length > 0) {
    throw new Refusal(
      'batch_expired',
      'Expired goods are not received. Check the expiry on the pack; if it is right, give the packs back.',
      { fields: expired },
    )
  }
  const problems = lines.flatMap((line, index) => problemsOf(line, index, lines, today))
  if (problems.length > 0) {
    throw new Refusal(
      'receipt_invalid',
      'Some lines cannot be right. Compare them with the bill and the packs.',
      { fields: problems },
    )
  }
}

function problemsOf(
  line: ReceiptLine & { unitsPerPack: number },
  index: number,
  lines: readonly ReceiptLine[],
  today: Day,
): FieldProblem[] {
  const problems: FieldProblem[] = []
  const { manufactured, purchaseRatePaise } = line
  if (manufactured !== undefined && manufactured > line.expiry) {
    problems.push(problem(index, 'manufactured', 'The maker’s date is after the expiry'))
  }
  if (manufactured !== undefined && manufactured > monthOf(today)) {
    problems.push(problem(index, 'manufactured', 'The maker’s date is in the future'))
  }
  if (purchaseRatePaise !== undefined && purchaseRatePaise > line.mrpPaise) {
    problems.push(
      problem(index, 'mrpPaise', 'The MRP is below the purchase rate; one of them is mistyped'),
    )
  }
  if ((line.packs + (line.freePacks ?? 0)) * line.unitsPerPack > unitsPerLineMax) {
    problems.push(problem(index, 'packs', 'This is more than a store can hold'))
  }
  const earlier = lines.findIndex(other => isSameLot(other, line))
  if (earlier < index) {
    problems.push(
      problem(index, 'batchNumber', `This repeats line ${earlier + 1}; add the packs there`),
    )
  }
  return problems
}

function problem(index: number, field: keyof ReceiptLine, message: string): FieldProblem {
  return { field: `lines.${index}.${field}`, message }
}

/** One printed number may come at two MRPs, and is then two lots. */
function isSameLot(one: ReceiptLine, other: ReceiptLine): boolean {
  return (
    one.medicineId === other.medicineId &&
    keyOf(one.batchNumber) === keyOf(other.batchNumber) &&
    one.expiry === other.expiry &&
    one.mrpPaise === other.mrpPaise
  )
}

/** Batch, bill and supplier are compared without case and outer spaces; what is printed is kept. */
export function keyOf(printed: string): string {
  return printed.trim().toUpperCase()
}
