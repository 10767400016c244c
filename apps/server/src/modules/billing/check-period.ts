import type { HsnSupply, Period, Sums } from './period-tables.ts'

export interface PeriodCheck {
  readonly name:
    | 'registered_agree'
    | 'consumers_agree'
    | 'documents_agree'
    | 'numbers_follow'
    | 'documents_counted'
  readonly isRight: boolean
  /** What the two sides come to, in paise or documents. */
  readonly here: number
  readonly there: number
}

type Head = keyof Sums
const heads: readonly Head[] = ['taxablePaise', 'igstPaise', 'cgstPaise', 'sgstPaise']

/**
 * Holds the tables of a return against each other, head by head: those that list supplies against the summary by HSN,
 * that against the documents' own totals, and the numbers of each series against the count of its documents.
 */
export function checkPeriod(period: Period): PeriodCheck[] {
  const of = (isRegistered: boolean) => period.hsn.filter(one => one.isRegistered === isRegistered)
  const nil = (isRegistered: boolean) =>
    sum(
      period.nil.filter(one => one.isRegistered === isRegistered),
      one => one.nilPaise,
    )
  const listed = (isRegistered: boolean, head: Head) => {
    const [more, less] = isRegistered
      ? [[...period.registered], period.notesRegistered]
      : [[...period.large, ...period.consumers], period.notesLarge]
    const untaxed = head === 'taxablePaise' ? nil(isRegistered) : 0
    return sum<Sums>(more, one => one[head]) - sum<Sums>(less, one => one[head]) + untaxed
  }
  const { headers, series } = period
  const issued = sum(series, one => one.issued)
  return [
    agree('registered_agree', head => listed(true, head), hsnSums(of(true))),
    agree('consumers_agree', head => listed(false, head), hsnSums(of(false))),
    agree('documents_agree', head => headers[head], hsnSums(period.hsn)),
    compare(
      'numbers_follow',
      sum(series, one => one.spanned),
      issued,
    ),
    compare(
      'documents_counted',
      issued - sum(series, one => one.cancelled),
      headers.invoices + headers.creditNotes,
    ),
  ]
}

function hsnSums(rows: readonly HsnSupply[]): (head: Head) => number {
  return head => sum(rows, one => one[head])
}

function sum<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((total, row) => total + of(row), 0)
}

/** Right only when every head agrees; the figures shown are those of the first that does not, or of the taxable. */
function agree(
  name: PeriodCheck['name'],
  here: (head: Head) => number,
  there: (head: Head) => number,
): PeriodCheck {
  const wrong = heads.find(head => here(head) !== there(head))
  const shown = wrong ?? 'taxablePaise'
  return { name, isRight: wrong === undefined, here: here(shown), there: there(shown) }
}

function compare(name: PeriodCheck['name'], here: number, there: number): PeriodCheck {
  return { name, isRight: here === there, here, there }
}
