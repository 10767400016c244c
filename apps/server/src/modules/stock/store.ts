import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'

export interface Store {
  readonly id: string
  readonly name: string
  /** How long a pack sold online must still be good for, in days. */
  readonly minLifeDays: number
  /** The most one order may cost when it is paid in cash at the door. */
  readonly cashLimitPaise: number
}

/** The store that serves online orders; a migration put it there, so it always exists. */
export async function defaultStore(db: Reader): Promise<Store> {
  const { rows } = await sql<Store>`
    select id, name, min_life_days as "minLifeDays", cash_limit_paise as "cashLimitPaise"
    from stock.store where is_default`.execute(db)
  const [store] = rows
  assert(store && rows.length === 1, 'there is exactly one default store')
  return store
}
