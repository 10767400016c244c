import { divideDown } from '#kernel/money'
import { Refusal } from '#kernel/refusal'
import { creditOf, type LineAmounts } from './credited-so-far.ts'

/** Packs, or loose base units, of one dispensed batch that come back. */
export type ReturnedLine =
  | { readonly dispensingId: string; readonly packs: number }
  | { readonly dispensingId: string; readonly units: number }

/** `all` is the whole invoice as far as it was not credited yet, the fee for delivery included. */
export type Returned = readonly ReturnedLine[] | 'all'

/** A line of the invoice with what of it was credited before. */
export interface InvoicedLine extends LineAmounts {
  readonly id: string
  readonly dispensingId: string | null
  readonly packs: number
  readonly units: number
  readonly unitsPerPack: number
  readonly uqcQuantity: number
  readonly unitsCredited: number
  readonly credited: LineAmounts
}

export interface CreditedLine extends LineAmounts {
  readonly invoiceLineId: string
  /** Null of the fee for delivery. */
  readonly dispensingId: string | null
  readonly units: number
  readonly uqcQuantity: number
}

/** What each returned line brings back. Refuses `credit_exceeds_invoice` for what was not sold or came back before. */
export function creditLines(lines: readonly InvoicedLine[], returned: Returned): CreditedLine[] {
  const wanted =
    returned === 'all'
      ? lines.map(line => ({ line, units: line.units - line.unitsCredited }))
      : merge(lines, returned)
  const credits = wanted.filter(one => one.units > 0).map(one => creditLine(one.line, one.units))
  if (credits.length === 0) throw exceeds()
  return credits
}

function merge(lines: readonly InvoicedLine[], returned: readonly ReturnedLine[]) {
  const units = new Map<string, number>()
  for (const one of returned) {
    const line = lines.find(each => each.dispensingId === one.dispensingId)
    if (!line) throw exceeds()
    const before = units.get(line.id) ?? 0
    const left = line.units - line.unitsCredited - before
    const more = 'units' in one ? one.units : unitsOf(line, one.packs, left)
    if (more <= 0 || more > left) throw exceeds()
    units.set(line.id, before + more)
  }
  return lines.flatMap(line => {
    const taken = units.get(line.id)
    return taken === undefined ? [] : [{ line, units: taken }]
  })
}

/** The last packs left of a line are all its units left, also where one of them was sold loose. */
function unitsOf({ unitsPerPack }: InvoicedLine, packs: number, left: number): number {
  return packs === divideDown(left + unitsPerPack - 1, unitsPerPack) ? left : packs * unitsPerPack
}

function creditLine(line: InvoicedLine, units: number): CreditedLine {
  const counted = (upTo: number) => divideDown(upTo * line.uqcQuantity, line.units)
  const of = { unitsSold: line.units, unitsBefore: line.unitsCredited, units }
  return {
    invoiceLineId: line.id,
    dispensingId: line.dispensingId,
    units,
    uqcQuantity: counted(line.unitsCredited + units) - counted(line.unitsCredited),
    ...creditOf(line, of, line.credited),
  }
}

function exceeds(): Refusal {
  return new Refusal(
    'credit_exceeds_invoice',
    'More would be credited than this invoice still holds. Look at the credit notes it has, and credit what is left.',
  )
}
