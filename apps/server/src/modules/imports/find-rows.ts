import { csvRow, type ImportRow, type RowOutcome } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from './import-kind.ts'
import { findRunToShow } from './run.ts'

interface Page {
  readonly outcome?: RowOutcome | undefined
  readonly after?: number | undefined
}

const rowsAPage = 25
const rowsExported = 2_000

/** Rows of a run with one outcome, or with any, behind a line. */
export async function findRows(
  db: Reader,
  id: string,
  page: Page & { limit?: number | undefined },
): Promise<{ items: ImportRow[]; next: number | null }> {
  await findRunToShow(db, id)
  return pageOf(db, id, page, page.limit ?? rowsAPage)
}

async function pageOf(db: Reader, id: string, page: Page, limit: number) {
  const { rows } = await sql<ImportRow>`
    select line, outcome, cells, coalesce(remarks, '[]') as remarks from imports.row
    where run_id = ${id} and line > ${page.after ?? 0}
      and (${page.outcome ?? null}::text is null or outcome = ${page.outcome ?? null})
    order by line limit ${limit + 1}`.execute(db)
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? (items.at(-1)?.line ?? null) : null }
}

/** The same rows as CSV, with the list's own columns, so that mended rows can be imported again. */
export async function exportRows(
  db: Reader,
  id: string,
  page: Page,
): Promise<{ csv: string; next: number | null }> {
  const run = await findRunToShow(db, id)
  const { items, next } = await pageOf(db, id, page, rowsExported)
  const head = page.after === undefined ? csvRow([...run.header, 'Line', 'Reasons']) : ''
  const rows = items.map(row => {
    const cells = run.header.map((_, at) => row.cells[at] ?? '')
    return csvRow([...cells, String(row.line), row.remarks.map(one => one.sentence).join(' ')])
  })
  return { csv: head + rows.join(''), next }
}
