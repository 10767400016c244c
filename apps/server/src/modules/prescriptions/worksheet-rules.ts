import type { FieldProblem, PrescriptionEntry, Worksheet } from '@janta/contracts'
import { isDay } from '#kernel/day'
import { Refusal } from '#kernel/refusal'

export interface AskedLine {
  readonly packs: number
  /** What a pack holds where its strips may be cut; null where only whole packs leave. */
  readonly cutUnitsPerPack: number | null
}

/**
 * Asserts that a worksheet can be, by field; what the law wants of it is judged apart. `asked` is what the customer
 * asked for, by line. Refuses `worksheet_invalid`.
 */
export function assertWorksheet(worksheet: Worksheet, asked: ReadonlyMap<number, AskedLine>): void {
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

function lineProblems(worksheet: Worksheet, asked: ReadonlyMap<number, AskedLine>): FieldProblem[] {
  const problems: FieldProblem[] = []
  const seen = new Set<number>()
  worksheet.lines.forEach((one, at) => {
    const { line, verdict, packs, code, item } = one
    const field = `lines.${at}`
    const wanted = asked.get(line)
    if (wanted === undefined || seen.has(line)) {
      problems.push({ field, message: 'The order has no such line, or it is named twice.' })
      return
    }
    seen.add(line)
    const most = wanted.packs
    const isCut = one.units !== undefined && one.units !== null
    const isSupplied = verdict === 'approved' || verdict === 'reduced'
    if (isSupplied && (packs === null || packs > most)) {
      problems.push({ field, message: `Say how many packs, ${most} at most.` })
    } else if (isSupplied && (verdict === 'approved') !== (packs === most && !isCut)) {
      problems.push({ field, message: 'Less than asked for is a reduction.' })
    }
    if ((verdict === 'refused' || verdict === 'reduced') && code === null) {
      problems.push({ field, message: 'Say why.' })
    }
    if (isCut) problems.push(...cutProblems(one, wanted, field))
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

/** A cut leaves a piece of the last pack: more than the packs before it hold, less than all of them. */
function cutProblems(
  { verdict, packs, units }: Worksheet['lines'][number],
  { cutUnitsPerPack }: AskedLine,
  field: string,
): FieldProblem[] {
  if (cutUnitsPerPack === null) {
    return [{ field, message: 'Nobody lets this pack be cut. Give whole packs.' }]
  }
  const least = ((packs ?? 0) - 1) * cutUnitsPerPack
  const isPiece =
    verdict === 'reduced' && (units ?? 0) > least && (units ?? 0) < least + cutUnitsPerPack
  return isPiece
    ? []
    : [{ field, message: 'A cut comes to less than its packs and more than one pack fewer.' }]
}
