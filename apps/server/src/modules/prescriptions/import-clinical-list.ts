import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { newId } from '#kernel/id'
import { inTransaction } from '#kernel/transaction'
import { readClinicalFile } from './read-clinical-file.ts'

export interface ImportedList {
  readonly number: number
  readonly rules: number
  /** True when the list in force says exactly this already, and nothing was written. */
  readonly isSame: boolean
}

/**
 * Brings a pharmacist's list of clinical rules in; it counts from now on, in place of the one before, which is kept.
 * `confirmedBy` is the pharmacist who answers for it. Throws `UnreadableFile` and changes nothing.
 */
export async function importClinicalList(
  database: Database,
  file: { readonly path: string; readonly confirmedBy: string },
): Promise<ImportedList> {
  const rules = await readClinicalFile(file.path)
  const text = JSON.stringify(rules)
  const sha256 = createHash('sha256').update(text).digest()
  const caller = systemCaller('clinical import')
  return inTransaction(database, caller, async tx => {
    await sql`select pg_advisory_xact_lock(hashtextextended('prescriptions.clinical_list', 0))`.execute(
      tx,
    )
    const { rows: last } = await sql<{ number: number; isSame: boolean }>`
      select number, sha256 = ${sha256} and confirmed_by = ${file.confirmedBy} as "isSame"
      from prescriptions.clinical_list order by number desc limit 1`.execute(tx)
    if (last[0]?.isSame) return { number: last[0].number, rules: rules.length, isSame: true }
    const { rows } = await sql<{ number: number }>`
      insert into prescriptions.clinical_list (id, file_name, sha256, confirmed_by, rules)
      values (${newId()}, ${basename(file.path)}, ${sha256}, ${file.confirmedBy}, ${text}::jsonb)
      returning number`.execute(tx)
    const { number } = rows[0]!
    await emit(tx, caller, 'prescriptions.clinical_list_imported', { number })
    return { number, rules: rules.length, isSame: false }
  })
}
