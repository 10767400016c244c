import { sql } from 'kysely'
import { findPacks } from '#modules/catalogue'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'

interface Level {
  readonly minPacks: number | null
  readonly maxPacks: number | null
}

/**
 * Keeps a medicine between a minimum and a maximum of packs; two nulls leave it to consumption again. Refuses `not_found`
 * for an unknown medicine and `level_invalid` for half a level or a maximum below the minimum.
 */
export function setReorderLevel(
  database: Database,
  caller: Caller,
  medicineId: string,
  { minPacks, maxPacks }: Level,
): Promise<Level> {
  return inTransaction(database, caller, async tx => {
    if (!(await findPacks(tx, [medicineId])).has(medicineId)) {
      throw new Refusal('not_found', 'This medicine is not in the catalogue.')
    }
    if (minPacks === null && maxPacks === null) {
      await sql`delete from purchasing.reorder_level where pack_id = ${medicineId}`.execute(tx)
      return { minPacks, maxPacks }
    }
    if (minPacks === null || maxPacks === null || maxPacks < minPacks) {
      throw new Refusal('level_invalid', 'Give a minimum and a maximum that is not below it.', {
        fields: [{ field: 'maxPacks', message: 'is missing or below the minimum' }],
      })
    }
    await sql`
      insert into purchasing.reorder_level (pack_id, min_packs, max_packs)
      values (${medicineId}, ${minPacks}, ${maxPacks})
      on conflict (pack_id) do update set min_packs = excluded.min_packs, max_packs = excluded.max_packs`.execute(
      tx,
    )
    return { minPacks, maxPacks }
  })
}
