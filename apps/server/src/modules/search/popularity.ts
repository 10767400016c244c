import { sql } from 'kysely'
import { type Between, isWrittenBetween } from '#kernel/look'
import type { Reader } from '#modules/catalogue'

/** A month on, an order counts half: what a season asks for passes, what everybody needs stays. */
export const orderHalfLifeDays = 30
/** What one order of today adds to a pack's popularity, everywhere and once more in its own area. */
export const orderWorth = { everywhere: 2, inArea: 6 } as const

export interface Popularity {
  /** Three digits of a PIN, or '' for everywhere. */
  readonly area: string
  readonly packId: string
  /** Orders, each halved for every half-life since. */
  readonly orders: number
}

const decayed = sql`weight_milli / 1000.0
  * power(0.5, extract(epoch from kernel.now() - counted_at) / (86400.0 * ${orderHalfLifeDays}))`

/** The area of a PIN: India Post's sorting district, about what one store serves. */
export function areaOf(pin: string | undefined): string | undefined {
  return pin?.slice(0, 3)
}

/** Everything learned, as of now, after a key and at most `limit`; in the order of the key. */
export async function readPopularity(
  db: Reader,
  after: Pick<Popularity, 'area' | 'packId'> | null,
  limit: number,
): Promise<Popularity[]> {
  const { rows } = await sql<Popularity>`
    select area, pack_id as "packId", (${decayed})::float8 as orders from search.popularity
    where (area, pack_id) > (${after?.area ?? ''}, coalesce(${after?.packId ?? null}::uuid, '00000000-0000-0000-0000-000000000000'))
    order by area, pack_id limit ${limit}`.execute(db)
  return rows
}

/** What was learned between two looks, at most `limit`. */
export async function findChangedPopularity(
  db: Reader,
  looks: Between,
  limit: number,
): Promise<Popularity[]> {
  const { rows } = await sql<Popularity>`
    select area, pack_id as "packId", (${decayed})::float8 as orders from search.popularity
    where ${isWrittenBetween('written_in', looks)}
    order by area, pack_id limit ${limit}`.execute(db)
  return rows
}
