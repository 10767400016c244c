import type { ImportKind, ImportRun, ImportState } from '@janta/contracts'
import { sql } from 'kysely'
import { isId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import type { Reader } from './import-kind.ts'

/** A run as its table has it. */
export interface Run {
  readonly id: string
  readonly kind: ImportKind
  readonly source: string
  readonly fileName: string
  readonly fileKey: string
  readonly state: ImportState
  readonly sentence: string | null
  readonly fileSha256: string | null
  readonly encoding: string | null
  readonly header: readonly string[]
  readonly headerLine: number
  readonly sample: readonly (readonly string[])[]
  readonly mapping: Readonly<Record<string, number>>
  readonly isRemembered: boolean
  readonly rowsInFile: number
  readonly rowsRead: number
  readonly rowsGood: number
  readonly rowsNoticed: number
  readonly rowsBad: number
  readonly checkedLine: number
  readonly storedLine: number
  readonly rowsStored: number
  readonly added: number
  readonly changed: number
  readonly restored: number
  readonly kept: number
  readonly chosen: 'all' | 'only' | 'except'
  readonly chosenLines: readonly number[]
  readonly createdBy: string | null
  readonly createdAt: Date
  readonly committedAt: Date | null
  readonly sameId: string | null
  readonly sameAt: Date | null
}

const columns = sql`
  run.id, run.kind, run.source, run.file_name as "fileName", run.file_key as "fileKey", run.state, run.sentence,
  run.file_sha256 as "fileSha256", run.encoding, run.header, run.header_line as "headerLine", run.sample, run.mapping,
  run.is_remembered as "isRemembered", run.rows_in_file as "rowsInFile", run.rows_read as "rowsRead",
  run.rows_good as "rowsGood", run.rows_noticed as "rowsNoticed", run.rows_bad as "rowsBad",
  run.checked_line as "checkedLine", run.stored_line as "storedLine", run.rows_stored as "rowsStored", run.added,
  run.changed, run.restored, run.kept, run.chosen, run.chosen_lines as "chosenLines", run.created_by as "createdBy", run.created_at as "createdAt",
  run.committed_at as "committedAt", same.id as "sameId", same.committed_at as "sameAt"`
const same = sql`
  left join lateral (
    select other.id, other.committed_at from imports.run as other
    where other.file_sha256 = run.file_sha256 and other.kind = run.kind and other.state = 'committed'
      and other.id <> run.id
    order by other.id desc limit 1
  ) as same on true`

/** The run of this id, or undefined. */
export async function findRun(db: Reader, id: string): Promise<Run | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<Run>`
    select ${columns} from imports.run ${same} where run.id = ${id}`.execute(db)
  return rows[0]
}

export async function findRunToShow(db: Reader, id: string): Promise<ImportRun> {
  const run = await findRun(db, id)
  if (!run) throw notFound()
  return shown(run)
}

/** Locks the run, so that two people or two workers never move it at once. */
export async function lockRun(tx: Tx, id: string): Promise<Run> {
  if (!isId(id)) throw notFound()
  const { rows } = await sql<Run>`
    select ${columns} from imports.run ${same} where run.id = ${id} for update of run`.execute(tx)
  if (!rows[0]) throw notFound()
  return rows[0]
}

const notFound = () => new Refusal('not_found', 'There is no such import.')

const pageMax = 25

/** Imports, the newest first; `next` is the cursor of the page after. */
export async function listRuns(
  db: Reader,
  query: { after?: string | undefined; limit?: number | undefined },
): Promise<{ items: ImportRun[]; next: string | null }> {
  const limit = query.limit ?? pageMax
  const after = query.after !== undefined && isId(query.after) ? query.after : null
  const { rows } = await sql<Run>`
    select ${columns} from imports.run ${same}
    where ${after}::uuid is null or run.id < ${after}::uuid
    order by run.id desc limit ${limit + 1}`.execute(db)
  const items = rows.slice(0, limit)
  return { items: items.map(shown), next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export function shown(run: Run): ImportRun {
  return {
    id: run.id,
    kind: run.kind,
    source: run.source,
    fileName: run.fileName,
    state: run.state,
    sentence: run.sentence,
    header: [...run.header],
    sample: run.sample.map(row => [...row]),
    mapping: { ...run.mapping },
    isRemembered: run.isRemembered,
    encoding: run.encoding,
    rows: {
      read: run.rowsRead,
      good: run.rowsGood,
      noticed: run.rowsNoticed,
      bad: run.rowsBad,
      stored: run.rowsStored,
    },
    percent: percentOf(run),
    added: run.added,
    changed: run.changed,
    restored: run.restored,
    kept: run.kept,
    sameFileAs:
      run.sameId && run.sameAt ? { id: run.sameId, committedAt: run.sameAt.toISOString() } : null,
    createdAt: run.createdAt.toISOString(),
    committedAt: run.committedAt?.toISOString() ?? null,
  }
}

function percentOf(run: Run): number | null {
  const part = (done: number, inAll: number) =>
    inAll === 0 ? null : Math.min(100, Math.floor((done * 100) / inAll))
  if (run.state === 'checking') return part(run.rowsRead, run.rowsInFile)
  if (run.state === 'committing') return part(run.rowsStored, wantedRows(run))
  if (run.state === 'undoing') return part(run.restored + run.kept, run.added + run.changed)
  return null
}

/** How many rows the person chose. */
export function wantedRows(run: Run): number {
  const good = run.rowsGood + run.rowsNoticed
  if (run.chosen === 'only') return run.chosenLines.length
  return run.chosen === 'except' ? good - run.chosenLines.length : good
}
