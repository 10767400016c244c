import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'

/** What left the shelf of a pack for customers, in base units, returns taken off. */
export interface Consumption {
  readonly packId: string
  readonly soldUnits: number
  /** Of these, within the last `recentDays`. */
  readonly recentUnits: number
  /** Days from the first issue of the window until today, both counted: a new medicine has not sold for long. */
  readonly soldDays: number
}

/** Sales of the last `days` by pack, at most `limit` packs, those that sold most units first. */
export async function findConsumption(
  db: Reader,
  { days, recentDays, limit }: { days: number; recentDays: number; limit: number },
): Promise<Consumption[]> {
  const { rows } = await sql<Consumption>`
    select pack_id as "packId", greatest(0, sum(units))::integer as "soldUnits",
      greatest(0, coalesce(sum(units) filter (where day > kernel.today() - ${recentDays}::integer), 0))::integer
        as "recentUnits",
      (kernel.today() - min(day) + 1)::integer as "soldDays"
    from (
      select batch.pack_id, (movement.at at time zone 'Asia/Kolkata')::date as day,
        -sum(movement.on_hand_delta) as units
      from stock.movement join stock.batch on batch.id = movement.batch_id
      where movement.kind in ('issued', 'returned')
        and movement.at >= (kernel.today() - ${days}::integer + 1)::timestamp at time zone 'Asia/Kolkata'
      group by 1, 2
    ) as sold
    group by pack_id having sum(units) > 0
    order by sum(units) desc, pack_id limit ${limit}`.execute(db)
  return rows
}

export interface SellableLot {
  readonly packId: string
  readonly expiresOn: string
  /** Free base units. */
  readonly units: number
}

/** Free, blameless units of these packs by expiry, earliest first; what has expired is not among them. */
export async function findSellableLots(
  db: Reader,
  packIds: readonly string[],
): Promise<SellableLot[]> {
  const { rows } = await sql<SellableLot>`
    select batch.pack_id as "packId", batch.expires_on as "expiresOn",
      sum(balance.on_hand - balance.reserved)::integer as units
    from stock.batch join stock.balance on balance.batch_id = batch.id and balance.state = 'sellable'
    where batch.pack_id = any(${packIds}::uuid[]) and batch.hold is null and batch.expires_on >= kernel.today()
      and balance.on_hand > balance.reserved
    group by batch.pack_id, batch.expires_on order by batch.pack_id, batch.expires_on`.execute(db)
  return rows
}
