import { importFields } from '@janta/contracts'
import { sql } from 'kysely'
import { sha256Of } from '#kernel/file-bytes'
import { guessColumns } from '#kernel/guess-columns'
import { openTable, type TableRow } from '#kernel/read-table'
import { UnreadableFile } from '#kernel/unreadable-file'
import { headingKey } from '#modules/catalogue'
import type { Drive } from './drive-import.ts'
import { kinds } from './kinds.ts'
import type { Run } from './run.ts'

/** A distributor prints his name and address above the table; further down nobody looks for its head. */
const rowsAboveHeadMax = 25
const sampleRows = 4
const sampleCellMax = 60

/** Reads the whole file once: it is whole, this long, with this head, and these are probably its columns. */
export async function readUpload({ database, run, fetch, write }: Drive): Promise<void> {
  const file = await fetch()
  const sha256 = await sha256Of(file)
  const table = await openTable(file)
  const first: TableRow[] = []
  let rows = 0
  for await (const row of table.rows()) {
    if (first.length < rowsAboveHeadMax + sampleRows) first.push(row)
    rows++
  }
  const remembered = await findHeadings(database.db, run)
  const head = findHead(run, first.slice(0, rowsAboveHeadMax), remembered)
  const at = first.indexOf(head.row)
  if (rows <= at + 1) throw new UnreadableFile('The list has a header but no rows.')
  const sample = first
    .slice(at + 1, at + 1 + sampleRows)
    .map(row => row.cells.map(cell => cell.slice(0, sampleCellMax).toWellFormed()))
  await write(run, async tx => {
    await sql`
      update imports.run set state = 'mapping', file_sha256 = ${sha256}, encoding = ${table.encoding},
        header = ${JSON.stringify(namesOf(head.row))}::jsonb, header_line = ${head.row.line},
        sample = ${JSON.stringify(sample)}::jsonb, mapping = ${JSON.stringify(head.columns)}::jsonb,
        is_remembered = ${head.isRemembered}, rows_in_file = ${rows - at - 1}
      where id = ${run.id}`.execute(tx)
  })
}

/** The first row that names every column needed, else the first row of all. */
function findHead(run: Run, rows: readonly TableRow[], remembered: Headings | undefined) {
  const { headings } = kinds[run.kind]
  const guess = (row: TableRow) => {
    const before = remembered && columnsByName(row.cells, remembered)
    const guessed = guessColumns(row.cells, headings, headingKey)
    return { row, columns: before ?? guessed, isRemembered: before !== undefined }
  }
  const needed = importFields[run.kind].required
  const guesses = rows.map(guess)
  const [first] = guesses
  if (!first) throw new UnreadableFile('The file is empty. Export the list again.')
  return (
    guesses.find(({ columns }) => needed.every(field => Object.hasOwn(columns, field))) ?? first
  )
}

type Headings = Readonly<Record<string, string>>

async function findHeadings(db: Drive['database']['db'], run: Run): Promise<Headings | undefined> {
  const { rows } = await sql<{ headings: Headings }>`
    select headings from imports.mapping
    where kind = ${run.kind} and source_key = ${run.source.toLowerCase()}`.execute(db)
  return rows[0]?.headings
}

/** The columns this source had the last time, if all of them are there again. */
function columnsByName(cells: readonly string[], headings: Headings) {
  const columns: Record<string, number> = {}
  const names = namesOf({ line: 0, cells })
  for (const [field, heading] of Object.entries(headings)) {
    const at = names.indexOf(heading)
    if (at < 0) return undefined
    columns[field] = at
  }
  return columns
}

/** Headings as people are shown them: an empty one gets its number, a repeated one too. */
function namesOf(row: TableRow): string[] {
  const seen = new Set<string>()
  return row.cells.map((cell, at) => {
    const name = cell.replace(/\s+/g, ' ').trim().slice(0, sampleCellMax).toWellFormed()
    const unique = name === '' || seen.has(name) ? `${name || 'Column'} (${at + 1})` : name
    seen.add(unique)
    return unique
  })
}
