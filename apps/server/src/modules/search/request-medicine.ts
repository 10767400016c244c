import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'

export interface AskedMedicine {
  readonly name: string
  /** HMAC of the network address: enough to count by, useless to anybody else. */
  readonly addressHash: Buffer
}

const perAddressPerHourMax = 10
const hourSeconds = 3_600
/** Different names kept; beyond them only those already there are counted. */
const namesMax = 20_000
// A telephone or identity number is nobody's medicine.
const longNumber = /\d[\d\s-]{6,}\d/

/**
 * Keeps the name of a medicine the search did not find; a name asked for again is counted, not kept twice.
 * Refuses `medicine_name_invalid` and, after ten an hour from one address, `too_many_requests`.
 */
export async function requestMedicine(
  database: Database,
  caller: Caller,
  asked: AskedMedicine,
): Promise<{ id: string }> {
  const name = readName(asked.name)
  return inTransaction(database, caller, async tx => {
    await countAddress(tx, asked.addressHash)
    const { rows } = await sql<{ id: string }>`
      insert into search.medicine_request (id, name, name_key)
      select ${newId()}, ${name}, ${name.toLowerCase()}
      where (select count(*) from (select from search.medicine_request limit ${namesMax}) as kept) < ${namesMax}
        or exists (select from search.medicine_request where name_key = ${name.toLowerCase()})
      on conflict (name_key) do update
        set asked = medicine_request.asked + 1, last_asked_at = kernel.now()
      returning id`.execute(tx)
    const [kept] = rows
    if (!kept) throw tooMany()
    return kept
  })
}

function readName(typed: string): string {
  const name = typed
    .normalize('NFKC')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
  if (/\p{L}/u.test(name) && !longNumber.test(name) && !name.includes('@')) return name
  const sentence = 'Write only the name of the medicine, as on the strip or the prescription.'
  throw new Refusal('medicine_name_invalid', sentence, {
    fields: [{ field: 'name', message: sentence }],
  })
}

async function countAddress(tx: Tx, addressHash: Buffer): Promise<void> {
  const { rows } = await sql<{ asked: number }>`
    insert into search.medicine_request_tally (address_hash, hour)
    values (${addressHash}, date_trunc('hour', kernel.now()))
    on conflict (address_hash, hour) do update set asked = medicine_request_tally.asked + 1
    returning asked`.execute(tx)
  if ((rows[0]?.asked ?? 0) > perAddressPerHourMax) throw tooMany()
}

function tooMany(): Refusal {
  return new Refusal(
    'too_many_requests',
    'Thank you, that is enough for now. Call us, or send a photo of the prescription.',
    { retryAfterSeconds: hourSeconds },
  )
}
