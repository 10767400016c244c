import type { FieldProblem, PrescriptionEntry, Worksheet } from '@janta/contracts'
import { isDay } from '#kernel/day'
import { Refusal } from '#kernel/refusal'

/**
 * Asserts that a worksheet can be, by field; what the law wants of it is judged apart. `asked` are the packs asked for,
 * by line. Refuses `worksheet_invalid`.
 */
export function assertWorksheet(worksheet: Worksheet, asked: ReadonlyMap<number, number>): void {
  const fields = [
    ...worksheet.prescriptions.flatMap((one, at) => entryProblems(one, `prescriptions.${at}`)),
    ...lineProblems(worksheet, asked),
  ]
  if (fields.length === 0) return
  throw new Refusal(
    'worksheet_invalid',
    'Something on this worksheet cannot be. Correct the marked fields.',
    { fields },
  )
}

function entryProblems(entry: PrescriptionEntry, at: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (entry.issuedOn !== null && !isDay(entry.issuedOn)) {
    problems.push({ field: `${at}.issuedOn`, message: 'There is no such day.' })
  }
  entry.items.forEach(({ repeat, writtenUnits, unitsBasis, replacesItemId }, item) => {
    const field = `${at}.items.${item}.repeat`
    const isBlank = repeat.times === null && repeat.intervalDays === null
    if (repeat.authority === 'once' && !isBlank) {
      problems.push({ field, message: 'Once has no number and no interval.' })
    }
    if (repeat.authority === 'times' && repeat.times === null) {
      problems.push({ field, message: 'Say how many times, the first counted.' })
    }
    if (writtenUnits === null && unitsBasis === 'total' && repeat.authority !== 'once') {
      problems.push({ field, message: 'An amount reckoned from the dose is of each occasion.' })
    }
    if (replacesItemId !== null && entry.replacesId === null) {
      problems.push({ field, message: 'Say which prescription this one replaces.' })
    }
  })
  return problems
}

function lineProblems(worksheet: Worksheet, asked: ReadonlyMap<number, number>): FieldProblem[] {
  const problems: FieldProblem[] = []
  const seen = new Set<number>()
  worksheet.lines.forEach(({ line, verdict, packs, code, item }, at) => {
    const field = `lines.${at}`
    const most = asked.get(line)
    if (most === undefined || seen.has(line)) {
      problems.push({ field, message: 'The order has no such line, or it is named twice.' })
      return
    }
    seen.add(line)
    const isSupplied = verdict === 'approved' || verdict === 'reduced'
    if (isSupplied && (packs === null || packs > most)) {
      problems.push({ field, message: `Say how many packs, ${most} at most.` })
    } else if (isSupplied && (verdict === 'approved') !== (packs === most)) {
      problems.push({ field, message: 'Fewer packs than asked for are a reduction.' })
    }
    if ((verdict === 'refused' || verdict === 'reduced') && code === null) {
      problems.push({ field, message: 'Say why.' })
    }
    if (verdict === null && (packs !== null || code !== null)) {
      problems.push({ field, message: 'Packs and a reason belong to a verdict.' })
    }
    const isThere =
      item === null ||
      'itemId' in item ||
      worksheet.prescriptions[item.prescription]?.items[item.item] !== undefined
    if (!isThere) problems.push({ field, message: 'The worksheet has no such item.' })
  })
  return problems
}
