import { importFields, type ImportRun, type ImportState } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { once } from '#kernel/idempotency'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { kinds } from './kinds.ts'
import { lockRun, type Run, shown, wantedRows } from './run.ts'

interface Call {
  readonly params: { readonly id: string }
  readonly caller: Caller
  readonly idempotencyKey: string
}

interface Move {
  readonly from: readonly ImportState[]
  readonly to: ImportState
  readonly request?: unknown
  readonly prepare?: (tx: Tx, run: Run) => Promise<void>
}

/** The uploaded file is read by the worker. */
export function readImport(database: Database, call: Call): Promise<ImportRun> {
  return moveImport(database, call, { from: ['awaiting_file'], to: 'reading' })
}

/** Every row is judged by these columns; rows judged before by others are forgotten. */
export function checkImport(
  database: Database,
  call: Call & { readonly body: { mapping: Record<string, number> } },
): Promise<ImportRun> {
  const { mapping } = call.body
  return moveImport(database, call, {
    from: ['mapping', 'checked'],
    to: 'checking',
    request: mapping,
    async prepare(tx, run) {
      refuseWrongColumns(run, mapping)
      await sql`delete from imports.row where run_id = ${run.id}`.execute(tx)
      await sql`
        update imports.run set mapping = ${JSON.stringify(mapping)}::jsonb, rows_read = 0, rows_good = 0,
          rows_noticed = 0, rows_bad = 0, checked_line = 0 where id = ${run.id}`.execute(tx)
      await rememberColumns(tx, run, mapping)
    },
  })
}

function refuseWrongColumns(run: Run, mapping: Readonly<Record<string, number>>): void {
  const { headings } = kinds[run.kind]
  const used = Object.values(mapping)
  const isWrong =
    Object.keys(mapping).some(field => !Object.hasOwn(headings, field)) ||
    used.some(column => column >= run.header.length) ||
    new Set(used).size < used.length
  const missing = importFields[run.kind].required.filter(field => mapping[field] === undefined)
  if (!isWrong && missing.length === 0) return
  throw new Refusal(
    'import_columns_missing',
    missing.length > 0
      ? `Say which column holds: ${missing.join(', ')}.`
      : 'Each field needs a column of its own. Choose again.',
    { fields: missing.map(field => ({ field, message: 'is needed' })) },
  )
}

async function rememberColumns(tx: Tx, run: Run, mapping: Readonly<Record<string, number>>) {
  const headings = Object.fromEntries(
    Object.entries(mapping).map(([field, column]) => [field, run.header[column]]),
  )
  await sql`
    insert into imports.mapping (kind, source_key, headings)
    values (${run.kind}, ${run.source.toLowerCase()}, ${JSON.stringify(headings)}::jsonb)
    on conflict (kind, source_key) do update set headings = excluded.headings`.execute(tx)
}

interface Choice {
  readonly chosen: 'all' | 'only' | 'except'
  readonly lines: readonly number[]
  readonly sameFileAgain: boolean
}

/** Good rows are stored: all, only those of these lines, or all but those. */
export function commitImport(
  database: Database,
  call: Call & { readonly body: Choice },
): Promise<ImportRun> {
  const { chosen, sameFileAgain } = call.body
  const lines = chosen === 'all' ? [] : [...new Set(call.body.lines)]
  return moveImport(database, call, {
    from: ['checked'],
    to: 'committing',
    request: call.body,
    async prepare(tx, run) {
      if (run.sameId && !sameFileAgain) {
        throw new Refusal(
          'import_same_file',
          'Exactly this file was imported before. Import it again only if you mean to.',
        )
      }
      const good = await goodLines(tx, run.id, lines)
      if (wantedRows({ ...run, chosen, chosenLines: good }) <= 0)
        throw new Refusal('import_nothing_chosen', 'No good row is chosen. Choose at least one.')
      await sql`
        update imports.run set chosen = ${chosen}, chosen_lines = ${good}::int[] where id = ${run.id}`.execute(
        tx,
      )
    },
  })
}

async function goodLines(tx: Tx, runId: string, lines: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ line: number }>`
    select line from imports.row
    where run_id = ${runId} and outcome <> 'bad' and line = any(${lines as number[]}::int[])
    order by line`.execute(tx)
  return rows.map(row => row.line)
}

/** What the import changed is put back where nobody changed it since. */
export function undoImport(database: Database, call: Call): Promise<ImportRun> {
  return moveImport(database, call, { from: ['committed'], to: 'undoing' })
}

/** An import of which nothing was stored is given up and its rows forgotten. */
export function discardImport(database: Database, call: Call): Promise<ImportRun> {
  return moveImport(database, call, {
    from: ['awaiting_file', 'mapping', 'checked', 'refused'],
    to: 'discarded',
    async prepare(tx, run) {
      await sql`delete from imports.row where run_id = ${run.id}`.execute(tx)
    },
  })
}

/**
 * Moves a run from one state to the next by a person's act, once per idempotency key, and wakes the worker. Refuses
 * `import_state_forbids` when the run is elsewhere by now.
 */
export async function moveImport(database: Database, call: Call, how: Move): Promise<ImportRun> {
  const { caller, idempotencyKey, params } = call
  const request = [params.id, how.to, how.request ?? null]
  return await inTransaction(database, caller, tx =>
    once(tx, { scope: `imports:${caller.personId}`, key: idempotencyKey, request }, async () => {
      const run = await lockRun(tx, params.id)
      if (!how.from.includes(run.state)) {
        throw new Refusal(
          'import_state_forbids',
          'The import has moved on meanwhile. Load the page again to see where it is.',
        )
      }
      await how.prepare?.(tx, run)
      await sql`
        update imports.run set state = ${how.to}, moved_at = kernel.now() where id = ${run.id}`.execute(
        tx,
      )
      if (how.to !== 'discarded') await emit(tx, caller, 'imports.import_moved', { id: run.id })
      return shown(await lockRun(tx, run.id))
    }),
  )
}
