import { type Kysely, sql } from 'kysely'
import { findPacks } from '#modules/catalogue'

type Reader = Pick<Kysely<unknown>, 'getExecutor'>

const rowsMax = 200_000
const atOnce = 1_000
const faultsMax = 100

interface Pair {
  readonly dispensingId: string
  readonly packId: string
  readonly suppliedOn: string
  readonly inRegister: boolean
  readonly inH1: boolean
  /** Whether batch, expiry, packs, units, order, line and day are the same in both. */
  readonly agrees: boolean
}

/**
 * Makes a month's ('YYYY-MM') registers again from the dispensing rows and the schedules of each day, and answers one
 * sentence for each dispensing that stored registers lack, have too much of or tell otherwise.
 */
export async function compareRegisters(
  db: Reader,
  month: string,
): Promise<{ dispensings: number; faults: string[] }> {
  const faults: string[] = []
  let after = '00000000-0000-0000-0000-000000000000'
  let dispensings = 0
  while (dispensings < rowsMax && faults.length < faultsMax) {
    const pairs = await findPairs(db, month, after)
    const last = pairs.at(-1)
    if (!last) break
    after = last.dispensingId
    dispensings += pairs.length
    faults.push(...(await faultsOf(db, pairs)))
  }
  return { dispensings, faults: faults.slice(0, faultsMax) }
}

async function faultsOf(db: Reader, pairs: readonly Pair[]): Promise<string[]> {
  const faults: string[] = []
  const days = Map.groupBy(pairs, one => one.suppliedOn)
  for (const [day, ofDay] of days) {
    const packs = await findPacks(db, [...new Set(ofDay.map(one => one.packId))], day)
    for (const one of ofDay) {
      const schedules = packs.get(one.packId)?.schedules ?? []
      const wanted = schedules.some(scheme => scheme === 'H' || scheme === 'H1')
      const name = `dispensing ${one.dispensingId} of ${day}`
      if (wanted && !one.inRegister)
        faults.push(`${name} is missing from the prescription register`)
      if (schedules.includes('H1') !== one.inH1) {
        faults.push(
          `${name} ${one.inH1 ? 'does not belong in' : 'is missing from'} the H1 register`,
        )
      }
      if (one.inRegister && !one.agrees) faults.push(`${name} is told otherwise in a register`)
    }
  }
  return faults
}

async function findPairs(db: Reader, month: string, after: string): Promise<Pair[]> {
  const { rows } = await sql<Pair>`
    select dispensing.id as "dispensingId", dispensing.pack_id as "packId",
      (dispensing.packed_at at time zone 'Asia/Kolkata')::date as "suppliedOn", kept.prescription as "inRegister",
      kept.h1 as "inH1", kept.agrees
    from dispensing.dispensing
    cross join lateral (
      select count(*) filter (where register = 'prescription') = 1 as prescription,
        count(*) filter (where register = 'h1') = 1 as h1,
        coalesce(bool_and(entry.batch_number = dispensing.batch_number and entry.expiry_month = dispensing.expiry_month
          and entry.packs = dispensing.packs and entry.units = dispensing.units
          and entry.order_id = dispensing.order_id and entry.order_line = dispensing.order_line
          and entry.pack_id = dispensing.pack_id
          and entry.supplied_on = (dispensing.packed_at at time zone 'Asia/Kolkata')::date), true) as agrees
      from dispensing.register_entry as entry
      where entry.dispensing_id = dispensing.id and entry.kind = 'supply'
    ) as kept
    where dispensing.id > ${after}::uuid and (dispensing.packed_at at time zone 'Asia/Kolkata')::date
      between (${month}::text || '-01')::date
      and ((${month}::text || '-01')::date + interval '1 month' - interval '1 day')::date
    order by dispensing.id limit ${atOnce}`.execute(db)
  return rows
}
