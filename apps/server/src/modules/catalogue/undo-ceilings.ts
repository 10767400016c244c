import { sql } from 'kysely'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/transaction'
import type { Reader } from './find-packs.ts'
import { ceilingSource } from './listed-ceilings.ts'
import { recordPrices } from './record-price.ts'
import { reprice } from './reprice.ts'

interface Change {
  readonly number: number
  readonly id: string
  readonly standingId: string | null
  readonly drugId: number
  readonly isUntouched: boolean
}

/**
 * Takes back at most `max` ceilings of a list, the last first: each ends today, or on the day it would have begun, and
 * the one that stood before stands again from then on. Prices that came down with it go back where nobody set another
 * since. A ceiling that was replaced since is kept and counted.
 */
export async function undoListedCeilings(
  tx: Tx,
  runId: string,
  max: number,
): Promise<{ restored: number; kept: number }> {
  const changes = await findChanges(tx, runId, max)
  if (changes.length === 0) return { restored: 0, kept: 0 }
  const untouched = changes.filter(one => one.isUntouched)
  await endCeilings(
    tx,
    untouched.map(one => one.id),
  )
  await reopenStanding(tx, untouched)
  const drugIds = untouched.map(one => one.drugId)
  await putPricesBack(tx, runId, drugIds)
  await reprice(tx, { drugIds }, { source: 'import undone', recordedBy: null, reason: null })
  await sql`
    update catalogue.import_change as change
    set undone = case when given.is_untouched then 'restored' else 'kept' end
    from unnest(${changes.map(one => one.number)}::bigint[], ${changes.map(one => one.isUntouched)}::boolean[])
      as given (number, is_untouched)
    where change.run_id = ${runId} and change.number = given.number`.execute(tx)
  return { restored: untouched.length, kept: changes.length - untouched.length }
}

async function findChanges(tx: Tx, runId: string, max: number): Promise<Change[]> {
  const { rows } = await sql<Change>`
    select change.number, control.id, (change.before ->> 'id')::uuid as "standingId",
      control.clinical_drug_id as "drugId", control.effective_to is null as "isUntouched"
    from catalogue.import_change as change
    join catalogue.price_control as control on control.id = change.subject_id::uuid
    where change.run_id = ${runId} and change.undone is null and change.subject = 'price_control'
    order by change.number desc limit ${max}`.execute(tx)
  return rows
}

async function endCeilings(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`
    update catalogue.price_control set effective_to = greatest(effective_from, kernel.today())
    where id = any(${ids as string[]}::uuid[])`.execute(tx)
}

/** One that ended today or later goes on; one that ended before begins again today, because the past stays. */
async function reopenStanding(tx: Tx, changes: readonly Change[]): Promise<void> {
  const ids = changes.flatMap(one => one.standingId ?? [])
  await sql`
    update catalogue.price_control set effective_to = null
    where id = any(${ids}::uuid[]) and effective_to >= kernel.today()`.execute(tx)
  await sql`
    insert into catalogue.price_control (id, clinical_drug_id, base_unit, state, ceiling_paise, effective_from,
      source_citation, recorded_by)
    select given.id, ended.clinical_drug_id, ended.base_unit, ended.state, ended.ceiling_paise, kernel.today(),
      ended.source_citation, ended.recorded_by
    from unnest(${ids.map(() => newId())}::uuid[], ${ids}::uuid[]) as given (id, ended_id)
    join catalogue.price_control as ended on ended.id = given.ended_id
    where ended.effective_to < kernel.today()`.execute(tx)
}

const packsMax = 100_000

async function putPricesBack(tx: Tx, runId: string, drugIds: readonly number[]): Promise<void> {
  const { rows } = await sql<{ packId: string; pricePaise: number; mrpPaise: number }>`
    select pack.id as "packId", earlier.price_paise as "pricePaise", earlier.mrp_paise as "mrpPaise"
    from catalogue.medicine
    join catalogue.pack on pack.medicine_id = medicine.id
    join lateral (
      select source, from_day, number from catalogue.price where price.pack_id = pack.id
      order by from_day desc, number desc limit 1
    ) as newest on newest.source = ${ceilingSource(runId)}
    join lateral (
      select price_paise, mrp_paise from catalogue.price
      where price.pack_id = pack.id and (from_day, number) < (newest.from_day, newest.number)
      order by from_day desc, number desc limit 1
    ) as earlier on earlier.price_paise is not null and earlier.mrp_paise is not null
    where medicine.clinical_drug_id = any(${drugIds as number[]}::int[])
    order by pack.id limit ${packsMax}`.execute(tx)
  if (rows.length === 0) return
  await recordPrices(tx, {
    packIds: rows.map(row => row.packId),
    pricesPaise: rows.map(row => row.pricePaise),
    mrpsPaise: rows.map(row => row.mrpPaise),
    source: 'import undone',
  })
}

/** Names of the drugs whose ceiling the undoing left, because another was entered since; at most `max`. */
export async function findKeptCeilings(db: Reader, runId: string, max: number): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select drug.composition || ', ' || drug.form as name
    from catalogue.import_change as change
    join catalogue.price_control as control on control.id = change.subject_id::uuid
    join catalogue.clinical_drug as drug on drug.id = control.clinical_drug_id
    where change.run_id = ${runId} and change.undone = 'kept'
    order by change.number limit ${max}`.execute(db)
  return rows.map(row => row.name)
}
