import { type Kysely, sql } from 'kysely'
import type { Register } from './register-coverage.ts'

type Reader = Pick<Kysely<unknown>, 'getExecutor'>

export interface RegistersVerdict {
  readonly registers: number
  readonly entries: number
  /** One sentence for each row that is not as it was written. */
  readonly faults: readonly string[]
  /** `store register serial hash`; written down elsewhere they prove that nothing was cut off since. */
  readonly heads: readonly string[]
  /** Each register, and how many of its entries were read. */
  readonly read: readonly (Head & { readonly entries: number })[]
}

const faultsMax = 100
const registersMax = 1_000

interface Head {
  readonly storeId: string
  readonly register: Register
  readonly lastSerial: number
  readonly hash: string
}

/**
 * Reads the registers again, whole or one month ('YYYY-MM') of them, and compares each row with its hash, with the row
 * before it and with the last number given.
 */
export async function verifyRegisters(
  db: Reader,
  month: string | null = null,
): Promise<RegistersVerdict> {
  const { rows: heads } = await sql<Head>`
    select coalesce(head.store_id, found.store_id) as "storeId", coalesce(head.register, found.register) as register,
      coalesce(head.last_serial, 0) as "lastSerial", coalesce(encode(head.hash, 'hex'), '') as hash
    from dispensing.register_head as head
    full join (select distinct store_id, register from dispensing.register_entry) as found
      on found.store_id = head.store_id and found.register = head.register
    order by 1, 2 limit ${registersMax}`.execute(db)
  const faults: string[] = []
  const read: (Head & { entries: number })[] = []
  for (const head of heads) {
    const { from, to } = await findSpan(db, head, month)
    read.push({ ...head, entries: to === 0 ? 0 : to - from + 1 })
    if (to === 0) {
      if (!month) faults.push(`${nameOf(head)}: ${head.lastSerial} entries are missing`)
      continue
    }
    faults.push(...(await chainFaults(db, head, { from, to })))
    if (!month && to !== head.lastSerial) {
      faults.push(`${nameOf(head)}: it ends at ${to}, the last number given is ${head.lastSerial}`)
    }
  }
  return {
    registers: heads.length,
    entries: read.reduce((sum, one) => sum + one.entries, 0),
    faults: faults.slice(0, faultsMax),
    heads: heads.map(one => `${one.storeId} ${one.register} ${one.lastSerial} ${one.hash}`),
    read,
  }
}

const nameOf = ({ storeId, register }: Head) => `register ${register} of store ${storeId}`

/** + 0, because the least serial of a month sought along the serials walks every year before it. */
async function findSpan(db: Reader, head: Head, month: string | null) {
  const { rows } = await sql<{ from: number; to: number }>`
    select coalesce(min(serial + 0), 0) as "from", coalesce(max(serial + 0), 0) as "to" from dispensing.register_entry
    where store_id = ${head.storeId} and register = ${head.register}
      and (${month}::text is null or supplied_on between (${month}::text || '-01')::date
        and ((${month}::text || '-01')::date + interval '1 month' - interval '1 day')::date)`.execute(
    db,
  )
  return rows[0]!
}

/** Read with the row before the span, so that its first row is held against it too. */
async function chainFaults(
  db: Reader,
  head: Head,
  { from, to }: { from: number; to: number },
): Promise<string[]> {
  const { rows } = await sql<{
    id: string
    serial: number
    before: number
    isSame: boolean
    follows: boolean
  }>`
    select id, serial, coalesce(before, 0) as before, is_same as "isSame", follows from (
      select id, serial, lag(serial) over linked as before,
        hash = dispensing.register_hash(register_entry) as is_same,
        previous_hash = coalesce(lag(hash) over linked, decode(repeat('00', 32), 'hex')) as follows
      from dispensing.register_entry
      where store_id = ${head.storeId} and register = ${head.register} and serial between ${from - 1} and ${to}
      window linked as (order by serial)
    ) as seen
    where serial >= ${from} and not (is_same and follows and serial = coalesce(before, 0) + 1)
    order by serial limit ${faultsMax}`.execute(db)
  const faults = rows.map(row => {
    const name = `${nameOf(head)}: entry ${row.serial} (${row.id})`
    if (row.serial !== row.before + 1)
      return `${name} does not follow ${row.before}: rows are missing`
    return row.isSame ? `${name} does not follow the one before it` : `${name} was changed`
  })
  const { rows: last } = await sql<{ isLast: boolean }>`
    select encode(hash, 'hex') = ${head.hash} as "isLast" from dispensing.register_entry
    where store_id = ${head.storeId} and register = ${head.register} and serial = ${head.lastSerial}`.execute(
    db,
  )
  if (to >= head.lastSerial && !last[0]?.isLast) {
    faults.push(`${nameOf(head)}: its last entry is not the one that was written last`)
  }
  return faults
}
