import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import type { StoreRule } from './prescription-window.ts'

/**
 * What a store holds prescriptions to from now on. Reviews that were decided stay decided; open ones and every supply
 * are judged by it. The table's own checks keep it within the delivery permission of 26 March 2020.
 */
export async function setStoreRule(
  database: Database,
  caller: Caller,
  rule: StoreRule & { readonly storeId: string },
): Promise<{ id: string }> {
  const { storeId, chronicDays, acuteDays, repeatGraceDays, targetMinutes } = rule
  return inTransaction(database, caller, async tx => {
    await sql`
      insert into prescriptions.store_rule (store_id, chronic_days, acute_days, repeat_grace_days, target_minutes)
      values (${storeId}, ${chronicDays}, ${acuteDays}, ${repeatGraceDays}, ${targetMinutes})
      on conflict (store_id) do update set chronic_days = excluded.chronic_days, acute_days = excluded.acute_days,
        repeat_grace_days = excluded.repeat_grace_days, target_minutes = excluded.target_minutes`.execute(
      tx,
    )
    return { id: storeId }
  })
}
