import type { listStores, ReplyOf } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'

const storesMax = 100

/** The stores, the one that serves online orders first. */
export async function findStores(db: Reader): Promise<ReplyOf<typeof listStores>> {
  const { rows } = await sql<ReplyOf<typeof listStores>['items'][number]>`
    select id, name, is_default as "isDefault" from stock.store
    order by is_default desc, name, id limit ${storesMax}`.execute(db)
  return { items: rows }
}
