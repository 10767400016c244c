import type { Lane, Lanes } from '@janta/contracts'
import { type Kysely, sql } from 'kysely'
import { Refusal } from '#kernel/refusal'

type Reader = Pick<Kysely<unknown>, 'getExecutor'>

const lanesMax = 2_000

export interface ServingStore {
  readonly id: string
  readonly name: string
  readonly pin: string
  readonly district: string
}

/** The store that delivers; refuses `no_serving_store` where none was set up. */
export async function findServingStore(db: Reader): Promise<ServingStore> {
  const { rows } = await sql<ServingStore>`
    select id, name, pin, district from delivery.store where is_serving limit 1`.execute(db)
  const [store] = rows
  if (store) return store
  throw new Refusal(
    'no_serving_store',
    'No store delivers yet. Set the serving store up first, then say where it delivers.',
  )
}

/** Where the serving store delivers, each beginning of PINs with how many known PINs it decides for. */
export async function listLanes(db: Reader): Promise<Lanes> {
  const store = await findServingStore(db)
  const { rows } = await sql<Lane & { knownPins: number }>`
    with decided as (
      select pin_code.district, lane.pin_prefix
      from delivery.pin_code
      left join lateral (
        select pin_prefix from delivery.lane
        where store_id = ${store.id} and pin_code.pin like pin_prefix || '%'
        order by length(pin_prefix) desc limit 1
      ) as lane on true
    ), counted as (
      select pin_prefix, count(*)::integer as pins, min(district) as district, count(distinct district) as districts
      from decided group by pin_prefix
    )
    select lane.pin_prefix as "pinPrefix", lane.delivers, lane.cash_on_delivery as "cashOnDelivery",
      lane.hours_min as "hoursMin", lane.hours_max as "hoursMax", lane.fee_paise as "feePaise",
      lane.free_above_paise as "freeAbovePaise", lane.is_cold_chain as "isColdChain",
      coalesce(counted.pins, 0) as pins, case when counted.districts = 1 then counted.district end as district
    from delivery.lane left join counted using (pin_prefix)
    where lane.store_id = ${store.id}
    order by lane.pin_prefix limit ${lanesMax}`.execute(db)
  const { name, pin, district } = store
  return { store: { name, pin, district }, items: rows, knownPins: await countPins(db) }
}

async function countPins(db: Reader): Promise<number> {
  const { rows } = await sql<{ pins: number }>`
    select count(*)::integer as pins from delivery.pin_code`.execute(db)
  return rows[0]?.pins ?? 0
}
