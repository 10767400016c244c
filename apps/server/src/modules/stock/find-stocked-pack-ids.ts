import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'

const packsMax = 50_000

/** Packs of which the default store has any unit on hand, sellable or not. */
export async function findStockedPackIds(db: Reader): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct batch.pack_id as id from stock.store
    join stock.balance on balance.store_id = store.id and balance.on_hand > 0
    join stock.batch on batch.id = balance.batch_id
    where store.is_default order by id limit ${packsMax}`.execute(db)
  return rows.map(row => row.id)
}
