import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'

/**
 * Brings the PIN directory to the one shipped with this release (rows from India Post; see derive-pin-codes.ts).
 * Running it again changes nothing. Returns how many PINs it added or corrected.
 */
export async function loadPinCodes(database: Database): Promise<number> {
  const file = new URL('pin-codes.csv.gz', import.meta.url)
  const [header, ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n')
  assert.equal(header, 'pin,district,state,ambiguous')
  assert(lines.length > 10_000, 'the PIN directory looks cut off')
  const rows = lines.map(line => line.split(','))
  const column = (at: number) => rows.map(row => row[at] ?? '')
  return inTransaction(database, systemCaller('load-pin-codes'), async tx => {
    const changed = await sql`
      insert into delivery.pin_code (pin, district, state, is_ambiguous)
      select pin, district, state, ambiguous = '1'
      from unnest(${column(0)}::text[], ${column(1)}::text[], ${column(2)}::text[], ${column(3)}::text[])
        as given (pin, district, state, ambiguous)
      on conflict (pin) do update
        set district = excluded.district, state = excluded.state, is_ambiguous = excluded.is_ambiguous
      where (pin_code.district, pin_code.state, pin_code.is_ambiguous)
        is distinct from (excluded.district, excluded.state, excluded.is_ambiguous)
      returning pin`.execute(tx)
    await sql`delete from delivery.pin_code where not pin = any(${column(0)}::text[])`.execute(tx)
    return changed.rows.length
  })
}
