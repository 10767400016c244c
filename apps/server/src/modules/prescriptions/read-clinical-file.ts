import { allergyClasses } from '@janta/contracts'
import { fileOnDisk } from '#kernel/file-bytes'
import { openTable } from '#kernel/read-table'
import { UnreadableFile } from '#kernel/unreadable-file'
import type { ClinicalRule } from './clinical-findings.ts'

const columns = [
  'kind',
  'substance',
  'other',
  'allergy_class',
  'below_years',
  'sentence',
  'source',
] as const
type Cells = Readonly<Record<(typeof columns)[number], string>>
const rulesMax = 5_000
const sentenceMax = 300
const sourceMin = 10

/**
 * Reads a list of clinical rules, CSV or XLSX, with exactly the columns named above. A list is taken whole or not at
 * all: throws `UnreadableFile` naming the row of the first rule that is incomplete, unknown or without its source.
 */
export async function readClinicalFile(path: string): Promise<ClinicalRule[]> {
  const table = await openTable(fileOnDisk(path))
  const rules: ClinicalRule[] = []
  let isHeading = true
  for await (const { cells, line } of table.rows()) {
    if (isHeading) {
      assertHeading(cells)
      isHeading = false
    } else if (cells.some(cell => cell.trim() !== '')) rules.push(ruleOf(cellsOf(cells), line))
    if (rules.length > rulesMax) throw new UnreadableFile(`A list has at most ${rulesMax} rules.`)
  }
  if (rules.length === 0) throw new UnreadableFile('The list has no rule.')
  return rules
}

function assertHeading(cells: readonly string[]): void {
  if (columns.every((column, at) => cells[at]?.trim().toLowerCase() === column)) return
  throw new UnreadableFile(`The first row must be: ${columns.join(', ')}.`)
}

const cellsOf = (cells: readonly string[]): Cells =>
  Object.fromEntries(columns.map((column, at) => [column, (cells[at] ?? '').trim()])) as Cells

function ruleOf(cells: Cells, line: number): ClinicalRule {
  const refuse = (why: string) => new UnreadableFile(`Row ${line}: ${why}. Nothing was imported.`)
  const { kind, sentence, source } = cells
  if (sentence === '' || sentence.length > sentenceMax)
    throw refuse('the sentence is missing or too long')
  if (source.length < sourceMin)
    throw refuse('a rule needs its source: which document, which section')
  const [substance, other] = [nameOf(cells.substance), nameOf(cells.other)]
  const words = { sentence, source }
  if (kind === 'duplicate_salt') return { kind, ...words }
  if (substance === '') throw refuse('the substance is missing')
  switch (kind) {
    case 'interaction':
      if (other === '' || other === substance) throw refuse('the other substance is missing')
      return { kind, substance, other, ...words }
    case 'allergy': {
      const { allergy_class: allergyClass } = cells
      if (!allergyClasses.some(one => one === allergyClass)) {
        throw refuse(`the allergy class must be one of ${allergyClasses.join(', ')}`)
      }
      return { kind, allergyClass, substance, ...words }
    }
    case 'age': {
      const belowYears = /^[0-9]{1,3}$/.test(cells.below_years) ? Number(cells.below_years) : 0
      if (belowYears < 1 || belowYears > 120)
        throw refuse('below_years must be years from 1 to 120')
      return { kind, substance, belowYears, ...words }
    }
    default:
      throw refuse('the kind must be duplicate_salt, allergy, age or interaction')
  }
}

const nameOf = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, ' ')
