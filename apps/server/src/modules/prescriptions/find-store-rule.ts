import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { type StoreRule, usualStoreRule } from './prescription-window.ts'

/** What a store holds prescriptions to: its own row, or the usual rule. */
export async function findStoreRule(db: Reader, storeId: string): Promise<StoreRule> {
  const { rows } = await sql<StoreRule>`
    select chronic_days as "chronicDays", acute_days as "acuteDays", repeat_grace_days as "repeatGraceDays",
      target_minutes as "targetMinutes"
    from prescriptions.store_rule where store_id = ${storeId}`.execute(db)
  return rows[0] ?? usualStoreRule
}
