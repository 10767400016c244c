import { type Fridge, fridgesMax, type listReadings, type ReplyOf } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { findNames } from '#modules/identity'
import { Refusal } from '#kernel/refusal'

const readingsShownMax = 500
type Reading = ReplyOf<typeof listReadings>['items'][number]

export const fridgeNotFound = () =>
  new Refusal('not_found', 'There is no such fridge. Look it up in the list.')

/** Every fridge with its last reading, or the one of this id; at most `fridgesMax`. */
export async function findFridges(
  db: Reader,
  id: string | null = null,
): Promise<{ items: Fridge[] }> {
  const { rows } = await sql<Omit<Fridge, 'lastReadAt'> & { lastReadAt: Date | null }>`
    select fridge.id, fridge.store_id as "storeId", fridge.name, fridge.bin, fridge.storage_class as "storageClass",
      fridge.min_tenths as "minTenths", fridge.max_tenths as "maxTenths", last.tenths as "lastTenths",
      last.read_at as "lastReadAt", (
        select count(*)::integer from stock.reading where reading.fridge_id = fridge.id
          and reading.read_at >= kernel.today()::timestamp at time zone 'Asia/Kolkata') as "readingsToday", (
        select excursion.id from stock.excursion
        where excursion.fridge_id = fridge.id and excursion.decision is null) as "openExcursionId"
    from stock.fridge
    left join lateral (
      select tenths, read_at from stock.reading where reading.fridge_id = fridge.id
      order by read_at desc limit 1
    ) as last on true
    where ${id}::uuid is null or fridge.id = ${id}::uuid
    order by fridge.name, fridge.id limit ${fridgesMax}`.execute(db)
  return { items: rows.map(row => ({ ...row, lastReadAt: row.lastReadAt?.toISOString() ?? null })) }
}

/** The newest readings of a fridge, or `not_found`. */
export async function findReadings(db: Reader, id: string): Promise<{ items: Reading[] }> {
  const [fridge] = (await findFridges(db, id)).items
  if (!fridge) throw fridgeNotFound()
  const { rows } = await sql<
    Omit<Reading, 'at' | 'isOutside' | 'by'> & { at: Date; by: string | null }
  >`
    select read_at as at, tenths, source, action, recorded_by as by from stock.reading
    where fridge_id = ${id} order by read_at desc limit ${readingsShownMax}`.execute(db)
  const names = await findNames(db, [...new Set(rows.flatMap(row => row.by ?? []))])
  return {
    items: rows.map(row => ({
      ...row,
      at: row.at.toISOString(),
      isOutside: row.tenths < fridge.minTenths || row.tenths > fridge.maxTenths,
      by: names.get(row.by ?? '') ?? null,
    })),
  }
}
