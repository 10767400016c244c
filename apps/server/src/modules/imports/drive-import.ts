import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { fileInMemory, type FileBytes } from '#kernel/file-bytes'
import type { Files } from '#kernel/files'
import { inTransaction, type Tx } from '#kernel/transaction'
import { UnreadableFile } from '#kernel/unreadable-file'
import { checkRows } from './check-rows.ts'
import { readUpload } from './read-upload.ts'
import { findRun, lockRun, type Run } from './run.ts'
import { storeRows, undoRows } from './store-rows.ts'

/** What a step of the work stands on. `write` commits one bounded batch, if the run is still where it was seen. */
export interface Drive {
  readonly database: Database
  readonly run: Run
  readonly fetch: () => Promise<FileBytes>
  /** False: another worker moved the run meanwhile, and this one leaves it. */
  readonly write: (seen: Cursor, work: (tx: Tx) => Promise<void>) => Promise<boolean>
}

export type Cursor = Pick<Run, 'state' | 'checkedLine' | 'storedLine' | 'restored' | 'kept'>

const caller = systemCaller('drive-import')

/**
 * Brings a run as far as it goes without a person. May be called any number of times and by several workers at once:
 * each batch commits together with its cursor, so whoever comes next goes on behind the last batch that is there. A
 * file that cannot be read leaves the run refused, with the sentence that says why.
 */
export async function driveImport(
  { database, files }: { database: Database; files: Files },
  id: string,
): Promise<void> {
  const run = await findRun(database.db, id)
  const step = run && steps[run.state]
  if (!run || !step) return
  try {
    await step({
      database,
      run,
      fetch: () => fetchUpload(files, run),
      write: (seen, work) => writeBatch(database, id, seen, work),
    })
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    await refuse(database, run, error.message)
  }
}

const steps: Readonly<Partial<Record<Run['state'], (drive: Drive) => Promise<void>>>> = {
  reading: readUpload,
  checking: checkRows,
  committing: storeRows,
  undoing: undoRows,
}

async function writeBatch(
  database: Database,
  id: string,
  seen: Cursor,
  work: (tx: Tx) => Promise<void>,
): Promise<boolean> {
  return await inTransaction(database, caller, async tx => {
    const now = await lockRun(tx, id)
    const keys = ['state', 'checkedLine', 'storedLine', 'restored', 'kept'] as const
    if (keys.some(key => now[key] !== seen[key])) return false
    await work(tx)
    await sql`update imports.run set moved_at = kernel.now() where id = ${id}`.execute(tx)
    return true
  })
}

async function fetchUpload(files: Files, run: Run): Promise<FileBytes> {
  const found = await files.of('quarantine').get(run.fileKey)
  if (!found) throw new UnreadableFile('The file did not arrive. Upload it again.')
  const chunks: Buffer[] = []
  for await (const chunk of found.stream) chunks.push(chunk as Buffer)
  return fileInMemory(run.fileName, Buffer.concat(chunks))
}

async function refuse(database: Database, run: Run, sentence: string): Promise<void> {
  await writeBatch(database, run.id, run, async tx => {
    await sql`
      update imports.run set state = 'refused', sentence = ${sentence} where id = ${run.id}`.execute(
      tx,
    )
  })
}
