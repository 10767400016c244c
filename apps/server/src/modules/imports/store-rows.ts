import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import { emit } from '#kernel/events'
import type { Tx } from '#kernel/transaction'
import { cellsOf } from './check-rows.ts'
import type { Cursor, Drive } from './drive-import.ts'
import { kinds } from './kinds.ts'
import type { Run } from './run.ts'

const batchRows = 5_000

/** Stores the rows chosen, in the order of the file, each batch with its cursor. */
export async function storeRows({ database, run, write }: Drive): Promise<void> {
  const pass = kinds[run.kind].open()
  let cursor: Cursor = run
  for (;;) {
    const rows = await findChosen(database.db, run, cursor.storedLine)
    const line = rows.at(-1)?.line ?? cursor.storedLine
    let committed: (() => void) | undefined
    const isMine = await write(cursor, async tx => {
      if (rows.length === 0) {
        await sql`
          update imports.run set state = 'committed', committed_at = kernel.now() where id = ${run.id}`.execute(
          tx,
        )
        await sayEnded(tx, run)
        return
      }
      const stored = await pass.store(
        tx,
        rows.map(row => cellsOf(row, run)),
        run,
      )
      committed = stored.committed
      await sql`
        update imports.run set stored_line = ${line}, rows_stored = rows_stored + ${rows.length},
          added = added + ${stored.added}, changed = changed + ${stored.changed}
        where id = ${run.id}`.execute(tx)
    })
    if (!isMine || rows.length === 0) return
    committed?.()
    cursor = { ...cursor, storedLine: line }
  }
}

async function findChosen(db: Drive['database']['db'], run: Run, after: number) {
  const { rows } = await sql<{ line: number; cells: string[] }>`
    select line, cells from imports.row
    where run_id = ${run.id} and line > ${after} and outcome <> 'bad'
      and (${run.chosen} = 'all' or (line = any(${run.chosenLines as number[]}::int[])) = (${run.chosen} = 'only'))
    order by line limit ${batchRows}`.execute(db)
  return rows
}

const changesAtOnce = 2_000

/** Puts back what the run changed, the last first, each batch with its counts. */
export async function undoRows({ run, write }: Drive): Promise<void> {
  let cursor: Cursor = run
  for (;;) {
    let undone = { restored: 0, kept: 0 }
    const isMine = await write(cursor, async tx => {
      undone = await kinds[run.kind].undo(tx, run.id, changesAtOnce)
      const isDone = undone.restored + undone.kept === 0
      await sql`
        update imports.run set restored = restored + ${undone.restored}, kept = kept + ${undone.kept},
          state = ${isDone ? 'undone' : 'undoing'} where id = ${run.id}`.execute(tx)
      if (isDone) await sayEnded(tx, run)
    })
    if (!isMine || undone.restored + undone.kept === 0) return
    cursor = {
      ...cursor,
      restored: cursor.restored + undone.restored,
      kept: cursor.kept + undone.kept,
    }
  }
}

/** What the list changed, or what was put back, is all there now. */
async function sayEnded(tx: Tx, run: Run): Promise<void> {
  await emit(tx, systemCaller('drive-import'), 'imports.import_ended', { id: run.id })
}
