import type { RegisterDay } from '@janta/contracts'
import { type Kysely, sql } from 'kysely'
import type { Day } from '#kernel/day'
import type { Register } from './register-coverage.ts'

const daysMax = 31

interface Row extends Omit<RegisterDay, 'confirmation'> {
  readonly pharmacistName: string | null
  readonly pharmacistRegistration: string
  readonly confirmedAt: Date
  readonly signedFirst: number
  readonly signedLast: number
  readonly signedEntries: number
}

/** Days with entries before the day `before`, the newest first, with the signature of each printed page. */
export async function findRegisterDays(
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  storeId: string,
  { register, before }: { register: Register; before?: Day },
): Promise<RegisterDay[]> {
  // One step of the index a day, however many entries a day has.
  const { rows } = await sql<Row>`
    with recursive days as (
      select (select max(supplied_on) from dispensing.register_entry
        where store_id = ${storeId} and register = ${register}
          and supplied_on < ${before ?? '9999-12-31'}::date) as day, 1 as found
      union all
      select (select max(supplied_on) from dispensing.register_entry
        where store_id = ${storeId} and register = ${register} and supplied_on < days.day), found + 1
      from days where days.day is not null and found < ${daysMax}
    )
    select days.day, counted.entries, counted."firstSerial", counted."lastSerial",
      signed.pharmacist_name as "pharmacistName", signed.pharmacist_registration as "pharmacistRegistration",
      signed.confirmed_at as "confirmedAt", signed.first_serial as "signedFirst", signed.last_serial as "signedLast",
      signed.entries as "signedEntries"
    from days
    cross join lateral (
      select count(*)::integer as entries, min(serial) as "firstSerial", max(serial) as "lastSerial"
      from dispensing.register_entry
      where store_id = ${storeId} and register = ${register} and supplied_on = days.day
    ) as counted
    left join dispensing.register_confirmation as signed
      on signed.store_id = ${storeId} and signed.register = ${register} and signed.day = days.day
    where days.day is not null
    order by days.day desc limit ${daysMax}`.execute(db)
  return rows.map(({ day, entries, firstSerial, lastSerial, pharmacistName, ...signed }) => ({
    day,
    entries,
    firstSerial,
    lastSerial,
    confirmation:
      pharmacistName === null
        ? null
        : {
            pharmacistName,
            pharmacistRegistration: signed.pharmacistRegistration,
            confirmedAt: signed.confirmedAt.toISOString(),
            firstSerial: signed.signedFirst,
            lastSerial: signed.signedLast,
            laterEntries: entries - signed.signedEntries,
          },
  }))
}
