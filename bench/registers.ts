/**
 * Fills the prescription register and measures its pages and the chain of a month; a broken promise ends it with an error.
 *
 *   node bench/registers.ts [ENTRIES]      (200000 without a number)
 */
import assert from 'node:assert/strict'
import pg from 'pg'
import { type TestDatabase, testDatabase } from '../apps/server/src/kernel/testing.ts'
import { findRegisterEntries } from '../apps/server/src/modules/dispensing/find-register-entries.ts'
import { verifyRegisters } from '../apps/server/src/modules/dispensing/verify-registers.ts'

const entries = Number(process.argv[2] ?? 200_000)
const pageMsMax = 50
const monthMsMax = 5_000
const reads = 400
const chunk = 20_000
const storeId = '01900000-0000-7000-8000-000000000001'
const firstDay = '2025-01-01'
const days = 365
const own = await testDatabase()
try {
  await fill(own)
  await measurePages(own)
  await measureMonth(own)
} finally {
  await own.close()
}

/** As many entries a day as come to a year; one in 5,000 of a rare batch. */
async function fill({ ownerUrl }: TestDatabase): Promise<void> {
  const started = performance.now()
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const perDay = Math.ceil(entries / days)
  for (let done = 0; done < entries; done += chunk) {
    const upto = Math.min(done + chunk, entries)
    await client.query(
      `with supplied as (
        insert into dispensing.dispensing (id, order_id, order_line, pack_id, batch_id, batch_number, expiry_month,
          packs, units, mrp_paise, price_paise, packed_by, request_id)
        select gen_random_uuid(), gen_random_uuid(), 1, ('00000000-0000-4000-8000-' || lpad((n % 3000)::text, 12, '0'))::uuid,
          gen_random_uuid(), case when n % 5000 = 7 then 'RARE' else 'B' || n % 20000 end, '2099-01', 1, 10, 100, 100,
          gen_random_uuid(), 'bench' from generate_series($1::integer, $2::integer - 1) as n
        returning id, order_id, pack_id, batch_number
      )
      insert into dispensing.register_entry (id, store_id, register, kind, kept_in, supplied_on, dispensing_id, order_id,
        order_line, prescription_id, prescription_item_id, issued_on, prescriber_name, prescriber_address, patient_name,
        patient_address, pack_id, drug_name, packs, units, base_unit, manufacturer, batch_number, expiry_month, schemes,
        pharmacist_name, pharmacist_registration, request_id)
      select gen_random_uuid(), $3::uuid, 'prescription', 'supply', 'register',
        $4::date + ($1 + row_number() over ())::integer / $5::integer, id,
        order_id, 1, gen_random_uuid(), gen_random_uuid(), $4::date, 'Dr ' || ($1 + row_number() over ()) % 2000,
        'Sample Clinic', 'Sunita Sample', '12 Invented Lane', pack_id, 'Testine', 1, 10, 'tablet', 'Invented Labs',
        batch_number, '2099-01', '{H}', 'P. Sample', 'T-1', 'bench' from supplied`,
      [done, upto, storeId, firstDay, perDay],
    )
  }
  await client.query('analyze dispensing.register_entry')
  await client.end()
  print(`${entries} entries written in ${Math.round((performance.now() - started) / 1000)} s`)
}

async function measurePages({ database }: TestDatabase): Promise<void> {
  const asked = [
    ['from any serial', {}],
    ['of one month', { from: '2025-06-01', to: '2025-06-30' }],
    ['of a rare batch', { batchNumber: 'RARE' }],
    ['of one medicine', { medicineId: '00000000-0000-4000-8000-000000000042' }],
    ['of one prescriber', { prescriber: 'dr 77' }],
  ] as const
  for (const [name, more] of asked) {
    const timesMs: number[] = []
    let found = 0
    for (let turn = 0; turn < reads; turn++) {
      const after = name === 'from any serial' ? Math.floor((entries * turn) / reads) : 0
      const started = performance.now()
      const page = await findRegisterEntries(
        database.db,
        storeId,
        { register: 'prescription', ...more },
        { after, limit: 50 },
      )
      timesMs.push(performance.now() - started)
      found += page.length
    }
    assert.ok(found > 0, `nothing was read ${name}`)
    timesMs.sort((one, other) => one - other)
    const p99 = timesMs[Math.floor(reads * 0.99)]!
    print(`a page ${name}: p50 ${timesMs[reads / 2]!.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`)
    assert.ok(p99 <= pageMsMax, `${p99} ms`)
  }
}

async function measureMonth({ database }: TestDatabase): Promise<void> {
  const started = performance.now()
  const verdict = await verifyRegisters(database.db, '2025-06')
  const ms = performance.now() - started
  assert.deepEqual(verdict.faults, [])
  assert.ok(verdict.entries > 0, 'the month was empty')
  print(`the chain of a month, ${verdict.entries} entries, verified in ${Math.round(ms)} ms`)
  assert.ok(ms <= monthMsMax)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
