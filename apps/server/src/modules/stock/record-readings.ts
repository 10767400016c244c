import type { Fridge, recordReadings as contract, RequestOf } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { fridgeNotFound } from './find-fridges.ts'
import { isOutside, setFridgeApart } from './set-fridge-apart.ts'

type Readings = RequestOf<typeof contract>['body'] & { id: string }
const clockDriftMinutes = 10

/**
 * Writes readings of a fridge, each instant once. One outside the limits opens an excursion, or joins the open one, and
 * sets apart what lies in the fridge now. Refuses `not_found`, and `reading_invalid` for a reading from the future.
 */
export async function recordReadings(
  database: Database,
  caller: Caller,
  asked: Readings,
): Promise<{ id: string; written: number; excursionId: string | null }> {
  return inTransaction(database, caller, async tx => {
    const fridge = await lockFridge(tx, asked.id)
    const written = await writeReadings(tx, caller, asked)
    const outside = written.filter(one => isOutside(fridge, one.tenths))
    const excursionId =
      outside.length === 0 ? null : await setFridgeApart(tx, caller, fridge, outside)
    return { id: asked.id, written: written.length, excursionId }
  })
}

/** Two loggers of one fridge take turns, so that there is one excursion. */
async function lockFridge(tx: Tx, id: string) {
  const { rows } = await sql<
    Pick<Fridge, 'id' | 'storeId' | 'name' | 'bin' | 'minTenths' | 'maxTenths'>
  >`
    select id, store_id as "storeId", name, bin, min_tenths as "minTenths", max_tenths as "maxTenths"
    from stock.fridge where id = ${id} for no key update`.execute(tx)
  const [fridge] = rows
  if (!fridge) throw fridgeNotFound()
  return fridge
}

async function writeReadings(tx: Tx, caller: Caller, { id, source, action, readings }: Readings) {
  const instants = readings.map(one => one.at)
  const { rows: early } = await sql<{ place: number }>`
    select place::integer - 1 as place from unnest(${instants}::timestamptz[]) with ordinality as given (at, place)
    where at > kernel.now() + make_interval(mins => ${clockDriftMinutes}) order by place limit 1`.execute(
    tx,
  )
  if (early[0]) {
    throw new Refusal('reading_invalid', 'A reading is from the future. Set the logger’s clock.', {
      fields: [{ field: `readings.${early[0].place}.at`, message: 'has not come yet' }],
    })
  }
  const { rows } = await sql<{ at: Date; tenths: number }>`
    insert into stock.reading (fridge_id, read_at, tenths, source, action, recorded_by)
    select distinct on (at) ${id}::uuid, at, tenths, ${source}, ${action ?? null}, ${caller.personId}::uuid
    from unnest(${instants}::timestamptz[], ${readings.map(one => one.tenths)}::integer[]) as given (at, tenths)
    order by at
    on conflict on constraint reading_once do nothing
    returning read_at as at, tenths`.execute(tx)
  return rows
}
