import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { inTransaction } from '#kernel/transaction'
import { basename } from 'node:path'
import { cellReader, findLayout, type ListLayout } from './list-layouts.ts'
import { type ListedPack, type Read, readListRow } from './listed-pack.ts'
import { type FileRow, readMedicineFile } from './read-medicine-file.ts'
import { openRemarksFile, type RemarksFile } from './remarks-file.ts'
import { medicineKey, noKnownIds, storePacks } from './store-packs.ts'
import { UnreadableFile } from './unreadable-file.ts'

export interface ImportRequest {
  readonly path: string
  /** Where rejected and noticed rows are written, with their reasons. */
  readonly remarksPath: string
  readonly onProgress?: (rowsDone: number, rowsInAll: number) => void
}

export interface ImportReport {
  readonly source: string
  readonly rowsRead: number
  readonly rowsAccepted: number
  readonly rowsRejected: number
  readonly packsAdded: number
  readonly packsChanged: number
  /** How many rows each code of rejection or notice met. */
  readonly rejections: Readonly<Record<string, number>>
  readonly notices: Readonly<Record<string, number>>
}

const batchRows = 2_000
const rowsMax = 1_000_000

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
  const rowsInAll = await countRows(request.path)
  const file = await readMedicineFile(request.path)
  const layout = findLayout(file.header)
  const remarks = await openRemarksFile(request.remarksPath, file.header)
  const work = importer(database, layout, file.header, remarks)
  try {
    let rowsDone = 0
    for await (const row of file.rows) {
      await work.take(row)
      if (++rowsDone % batchRows === 0) request.onProgress?.(rowsDone, rowsInAll)
    }
    await work.flush()
    request.onProgress?.(rowsInAll, rowsInAll)
  } finally {
    await remarks.close()
  }
  const report = work.report()
  await recordRun(database, { report, startedAt, path: request.path, sha256: file.sha256() })
  return report
}

/** Reads to the end without storing: the check that the file is whole, and the length of the progress bar. */
async function countRows(path: string): Promise<number> {
  const file = await readMedicineFile(path)
  findLayout(file.header)
  let rows = 0
  for await (const _ of file.rows) {
    if (++rows > rowsMax)
      throw new UnreadableFile(`The list has more than ${rowsMax} rows. Split it.`)
  }
  if (rows === 0) throw new UnreadableFile('The list has a header but no rows.')
  return rows
}

function importer(
  database: Database,
  layout: ListLayout,
  header: readonly string[],
  remarks: RemarksFile,
) {
  const readCells = cellReader(header)
  const known = noKnownIds()
  const seen = seenPacks()
  const counts = { read: 0, accepted: 0, rejected: 0, added: 0, changed: 0 }
  const rejections: Record<string, number> = {}
  const notices: Record<string, number> = {}
  let batch: ListedPack[] = []

  async function take(row: FileRow): Promise<void> {
    counts.read++
    const cell = readCells(row.cells)
    const read =
      cell === null ? cellsWrong(row, header) : seen.check(readListRow(layout.read(cell)), row.line)
    if ('rejected' in read) {
      counts.rejected++
      count(rejections, read.rejected.code)
      return remarks.write('rejected', [read.rejected], row)
    }
    for (const notice of read.notices) count(notices, notice.code)
    if (read.notices.length > 0) await remarks.write('imported', read.notices, row)
    counts.accepted++
    batch.push(read.pack)
    if (batch.length === batchRows) await flush()
  }

  async function flush(): Promise<void> {
    const rows = batch
    batch = []
    if (rows.length === 0) return
    const origin = { source: layout.source, isSample: false }
    const stored = await inTransaction(database, systemCaller('import-catalogue'), tx =>
      storePacks(tx, rows, origin, known),
    )
    for (const [key, id] of stored.found.drugs) known.drugs.set(key, id)
    for (const [key, id] of stored.found.manufacturers) known.manufacturers.set(key, id)
    counts.added += stored.added
    counts.changed += stored.changed
  }

  const report = (): ImportReport => ({
    source: layout.source,
    rowsRead: counts.read,
    rowsAccepted: counts.accepted,
    rowsRejected: counts.rejected,
    packsAdded: counts.added,
    packsChanged: counts.changed,
    rejections,
    notices,
  })
  return { take, flush, report }
}

/** Within one list a name of one maker is one medicine: a second row is another pack of it, or is refused. */
function seenPacks() {
  const medicines = new Map<
    string,
    { line: number; contents: string; packs: Map<string, number> }
  >()
  return {
    check(read: Read, line: number): Read {
      if ('rejected' in read) return read
      const { pack } = read
      const contents = `${pack.equivalenceKey ?? pack.composition}|${pack.compositionState}`
      const before = medicines.get(medicineKey(pack))
      if (!before) {
        medicines.set(medicineKey(pack), { line, contents, packs: new Map([[pack.packKey, line]]) })
        return read
      }
      const samePack = before.packs.get(pack.packKey)
      if (samePack !== undefined)
        return refused('duplicate', `The same name, maker and pack as line ${samePack}.`)
      if (before.contents !== contents) {
        return refused(
          'contents_differ',
          `Line ${before.line} gives the same name and maker other contents.`,
        )
      }
      before.packs.set(pack.packKey, line)
      const sentence = `Another pack of the medicine on line ${before.line}.`
      return { pack, notices: [...read.notices, { code: 'another_pack', sentence }] }
    },
  }
}

function cellsWrong(row: FileRow, header: readonly string[]): Read {
  return refused(
    'cells_wrong',
    `The row has ${row.cells.length} cells and the header ${header.length}.`,
  )
}

function refused(code: string, sentence: string): Read {
  return { rejected: { code, sentence } }
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
        values (${newId()}, ${report.source}, ${basename(run.path)}, ${run.sha256}, ${report.rowsRead},
          ${report.rowsAccepted}, ${report.rowsRejected}, ${report.packsAdded}, ${report.packsChanged},
          ${run.startedAt})`.execute(tx),
  )
}
