import { basename } from 'node:path'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { guessColumns } from '#kernel/guess-columns'
import { newId } from '#kernel/id'
import { inTransaction } from '#kernel/transaction'
import { UnreadableFile } from '#kernel/unreadable-file'
import { headingKey, type ListField, listHeadings, listRowOf } from './list-fields.ts'
import { type ListedPack, type Read, readListRow } from './listed-pack.ts'
import { type FileRow, readMedicineFile } from './read-medicine-file.ts'
import { openRemarksFile, type RemarksFile } from './remarks-file.ts'
import { seenPacks } from './seen-packs.ts'
import { noKnownIds, remember, storePacks } from './store-packs.ts'

export interface ImportRequest {
  readonly path: string
  /** Where rejected and noticed rows are written, with their reasons. */
  readonly remarksPath: string
  readonly onProgress?: (rowsDone: number, rowsInAll: number) => void
}

export interface ImportReport {
  /** By this id the whole import can be undone. */
  readonly runId: string
  readonly rowsRead: number
  readonly rowsAccepted: number
  readonly rowsRejected: number
  readonly packsAdded: number
  readonly packsChanged: number
  /** How many rows each code of rejection or notice met. */
  readonly rejections: Readonly<Record<string, number>>
  readonly notices: Readonly<Record<string, number>>
}

// Measured: 2,000 rows took a quarter longer in all, 10,000 no shorter.
const batchRows = 5_000

/**
 * Imports a list of medicines. The whole file is read through once before anything is written, so a broken file
 * (`UnreadableFile`) leaves the catalogue as it was. Then batches are committed one by one: an import that was
 * interrupted is simply run again, because what is there and equal is not touched. Rows that cannot be stored are
 * written to `remarksPath` with the reason; nothing is dropped in silence.
 */
export async function importCatalogue(
  database: Database,
  request: ImportRequest,
): Promise<ImportReport> {
  const startedAt = new Date()
  const file = await readMedicineFile(request.path)
  const columns = findColumns(file.header)
  const rowsInAll = await countRows(file.rows())
  const remarks = await openRemarksFile(request.remarksPath, file.header)
  const work = importer(database, { columns, header: file.header, remarks })
  try {
    let rowsDone = 0
    for await (const row of file.rows()) {
      await work.take(row)
      if (++rowsDone % batchRows === 0) request.onProgress?.(rowsDone, rowsInAll)
    }
    await work.flush()
    await work.stored()
    request.onProgress?.(rowsInAll, rowsInAll)
  } finally {
    await remarks.close()
  }
  const report = work.report()
  const sha256 = await file.sha256()
  await recordRun(database, { report, startedAt, path: request.path, sha256 })
  return report
}

type Columns = Readonly<Partial<Record<ListField, number>>>

/** The columns by their headings; a list must at least name its medicines and say one thing more of them. */
function findColumns(header: readonly string[]): Columns {
  const columns = guessColumns(header, listHeadings, headingKey)
  if (columns.name !== undefined && Object.keys(columns).length > 1) return columns
  throw new UnreadableFile(
    `The first line does not name the columns of a list of medicines. It needs a column "name" and others such as\n` +
      `      manufacturer, pack, composition, mrp\n  but has\n      ${header.join(', ').slice(0, 400)}`,
  )
}

/** Reads to the end without storing: the check that the file is whole, and the length of the progress bar. */
async function countRows(all: AsyncIterable<FileRow>): Promise<number> {
  let rows = 0
  for await (const _ of all) rows++
  if (rows === 0) throw new UnreadableFile('The list has a header but no rows.')
  return rows
}

interface Importing {
  readonly columns: Columns
  readonly header: readonly string[]
  readonly remarks: RemarksFile
}

function importer(database: Database, { columns, header, remarks }: Importing) {
  const runId = newId()
  const known = noKnownIds()
  const seen = seenPacks()
  const counts = { read: 0, accepted: 0, rejected: 0, added: 0, changed: 0 }
  const rejections: Record<string, number> = {}
  const notices: Record<string, number> = {}
  let batch: ListedPack[] = []

  function read({ cells, line }: FileRow): Read {
    if (cells.length !== header.length) {
      const sentence = `The row has ${cells.length} cells and the header ${header.length}.`
      return { rejected: { code: 'cells_wrong', sentence } }
    }
    const row = listRowOf(field => cells[columns[field] ?? -1] ?? '')
    return seen.check(readListRow(row), line)
  }

  async function take(row: FileRow): Promise<void> {
    counts.read++
    const found = read(row)
    if ('rejected' in found) {
      counts.rejected++
      count(rejections, found.rejected.code)
      return remarks.write('rejected', [found.rejected], row)
    }
    for (const notice of found.notices) count(notices, notice.code)
    if (found.notices.length > 0) await remarks.write('imported', found.notices, row)
    counts.accepted++
    batch.push(found.pack)
    if (batch.length === batchRows) await flush()
  }

  // While the database writes one batch the next is read: each has a core of its own.
  let storing = Promise.resolve()

  async function flush(): Promise<void> {
    const rows = batch
    batch = []
    await storing
    storing = store(rows)
    storing.catch(() => undefined)
  }

  async function store(rows: readonly ListedPack[]): Promise<void> {
    if (rows.length === 0) return
    const origin = { source: 'list', isSample: false, runId }
    const stored = await inTransaction(database, systemCaller('import-catalogue'), tx =>
      storePacks(tx, rows, origin, known),
    )
    remember(known, stored.found)
    counts.added += stored.added
    counts.changed += stored.changed
  }

  const report = (): ImportReport => ({
    runId,
    rowsRead: counts.read,
    rowsAccepted: counts.accepted,
    rowsRejected: counts.rejected,
    packsAdded: counts.added,
    packsChanged: counts.changed,
    rejections,
    notices,
  })
  return { take, flush, stored: () => storing, report }
}

function count(counts: Record<string, number>, code: string): void {
  counts[code] = (counts[code] ?? 0) + 1
}

async function recordRun(
  database: Database,
  run: { report: ImportReport; startedAt: Date; path: string; sha256: string },
): Promise<void> {
  const { report } = run
  await inTransaction(database, systemCaller('import-catalogue'), tx =>
    sql`insert into catalogue.import_run (id, source, file_name, file_sha256, rows_read, rows_accepted, rows_rejected,
          packs_added, packs_changed, started_at)
        values (${report.runId}, 'list', ${basename(run.path)}, ${run.sha256}, ${report.rowsRead},
          ${report.rowsAccepted}, ${report.rowsRejected}, ${report.packsAdded}, ${report.packsChanged},
          ${run.startedAt})`.execute(tx),
  )
}
