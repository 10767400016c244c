import { sql } from 'kysely'
import { openTable, type TableRow } from '#kernel/read-table'
import type { Tx } from '#kernel/transaction'
import type { Cursor, Drive } from './drive-import.ts'
import type { ListPass, RowCells, RowRemark, Verdict } from './import-kind.ts'
import { kinds } from './kinds.ts'
import type { Run } from './run.ts'

const batchRows = 5_000
const cellMax = 2_000

interface Checked {
  readonly line: number
  readonly outcome: 'good' | 'noticed' | 'bad'
  readonly cells: readonly string[]
  readonly remarks: readonly { code: string; sentence: string; column: number | null }[]
}

/**
 * Judges every row and keeps it with its reasons, batch by batch. A worker that comes later reads the file from its
 * beginning, because only so it knows what the list said before, but keeps only what is not kept yet.
 */
export async function checkRows({ database, run, fetch, write }: Drive): Promise<void> {
  const table = await openTable(await fetch())
  const pass = kinds[run.kind].open()
  let cursor: Cursor = run
  let batch: { row: TableRow; cells: RowCells; verdict: Verdict }[] = []
  const flush = async (isLast: boolean): Promise<boolean> => {
    const rows = await compared(database.db, run, pass, batch)
    const line = batch.at(-1)?.row.line ?? cursor.checkedLine
    batch = []
    const isMine = await write(cursor, tx => keep(tx, run, { rows, line, isLast }))
    cursor = { ...cursor, checkedLine: line }
    return isMine
  }
  for await (const row of table.rows()) {
    if (row.line <= run.headerLine) continue
    const cells = cellsOf(row, run)
    const verdict = row.cells.length > run.header.length ? tooMany(row, run) : pass.judge(cells)
    if (row.line <= run.checkedLine && !pass.compare) continue
    batch.push({ row, cells, verdict })
    if (batch.length < batchRows) continue
    if (row.line <= run.checkedLine) await forget()
    else if (!(await flush(false))) return
  }
  await flush(true)

  /** What was kept before is compared again only for the pass to remember it. */
  async function forget(): Promise<void> {
    await compared(database.db, run, pass, batch)
    batch = []
  }
}

export function cellsOf({ line, cells }: TableRow, run: Run): RowCells {
  return { line, cell: field => cells[run.mapping[field] ?? -1] ?? '' }
}

function tooMany(row: TableRow, run: Run): Verdict {
  const sentence = `The row has ${row.cells.length} cells and the header ${run.header.length}.`
  return { isBad: true, remarks: [{ code: 'cells_wrong', sentence }] }
}

async function compared(
  db: Drive['database']['db'],
  run: Run,
  pass: ListPass,
  batch: readonly { row: TableRow; cells: RowCells; verdict: Verdict }[],
): Promise<Checked[]> {
  const good = batch.filter(one => !one.verdict.isBad).map(one => one.cells)
  const found = pass.compare && good.length > 0 ? await pass.compare(db, good) : []
  const wrong = new Map(good.map((cells, at) => [cells.line, found[at] ?? null]))
  return batch
    .filter(({ row }) => row.line > run.checkedLine)
    .map(({ row, verdict }) => {
      const more = wrong.get(row.line)
      const remarks = more ? [...verdict.remarks, more] : verdict.remarks
      const isBad = verdict.isBad || (more !== undefined && more !== null && !more.isNotice)
      return {
        line: row.line,
        outcome: isBad ? 'bad' : remarks.length > 0 ? 'noticed' : 'good',
        cells: row.cells.map(cell => cell.slice(0, cellMax).toWellFormed()),
        remarks: remarks.map(remark => besideColumn(remark, run)),
      }
    })
}

function besideColumn({ code, sentence, field }: RowRemark, run: Run) {
  return { code, sentence, column: (field === undefined ? undefined : run.mapping[field]) ?? null }
}

async function keep(
  tx: Tx,
  run: Run,
  { rows, line, isLast }: { rows: readonly Checked[]; line: number; isLast: boolean },
): Promise<void> {
  const count = (outcome: Checked['outcome']) => rows.filter(row => row.outcome === outcome).length
  // PostgreSQL keeps no zero byte in a text, and the row is refused for it anyway.
  const json = (value: unknown) => JSON.stringify(value).replaceAll('\\u0000', '\\ufffd')
  await sql`
    insert into imports.row (run_id, line, outcome, cells, remarks)
    select ${run.id}::uuid, line, outcome, cells::jsonb, remarks::jsonb
    from unnest(${rows.map(row => row.line)}::int[], ${rows.map(row => row.outcome)}::text[],
      ${rows.map(row => json(row.cells))}::text[],
      ${rows.map(row => (row.remarks.length > 0 ? json(row.remarks) : null))}::text[])
      as given (line, outcome, cells, remarks)`.execute(tx)
  await sql`
    update imports.run set checked_line = ${line}, rows_read = rows_read + ${rows.length},
      rows_good = rows_good + ${count('good')}, rows_noticed = rows_noticed + ${count('noticed')},
      rows_bad = rows_bad + ${count('bad')}, state = ${isLast ? 'checked' : 'checking'}
    where id = ${run.id}`.execute(tx)
}
