/**
 * Fills the prescription register with a year and measures its pages and the chain of a month; a broken promise ends it with an error.
 *
 *   node bench/registers.ts [ENTRIES]      (1000000 without a number)
 */
import assert from 'node:assert/strict'
import pg from 'pg'
import { type TestDatabase, testDatabase } from '../apps/server/src/kernel/testing.ts'
import { findRegisterEntries } from '../apps/server/src/modules/dispensing/find-register-entries.ts'
import { verifyRegisters } from '../apps/server/src/modules/dispensing/verify-registers.ts'

const entries = Number(process.argv[2] ?? 1_000_000)
const pageMsMax = 50
const monthMsMax = 5_000
const reads = 400
const chunk = 20_000
const storeId = '01900000-0000-7000-8000-000000000001'
const firstDay = '2025-01-01'
const days = 365
/** Entries of the serials given, each sealed over the one before; answers the last seal. */
const writeEntries = `
  create function pg_temp.write_entries(first integer, last integer, store uuid, begins date, per_day integer, before bytea)
    returns bytea language plpgsql as $$
  declare
    entry dispensing.register_entry;
    numbered uuid;
  begin
    entry.store_id := store;
    entry.register := 'prescription';
    entry.kind := 'supply';
    entry.kept_in := 'register';
    entry.order_line := 1;
    entry.issued_on := begins;
    entry.prescriber_address := 'Sample Clinic';
    entry.patient_name := 'Sunita Sample';
    entry.patient_address := '12 Invented Lane';
    entry.drug_name := 'Testine';
    entry.packs := 1;
    entry.units := 10;
    entry.base_unit := 'tablet';
    entry.manufacturer := 'Invented Labs';
    entry.expiry_month := '2099-01';
    entry.schemes := '{H}';
    entry.pharmacist_name := 'P. Sample';
    entry.pharmacist_registration := 'T-1';
    entry.approver_name := 'Q. Sample';
    entry.approver_registration := 'T-2';
    entry.request_id := 'bench';
    for serial in first..last loop
      numbered := lpad(to_hex(serial), 32, '0')::uuid;
      entry.id := numbered;
      entry.serial := serial;
      entry.supplied_on := begins + serial / per_day;
      entry.entered_at := entry.supplied_on::timestamptz;
      entry.dispensing_id := numbered;
      entry.order_id := numbered;
      entry.prescription_id := numbered;
      entry.prescription_item_id := numbered;
      entry.prescriber_name := 'Dr ' || serial % 2000;
      entry.pack_id := ('00000000-0000-4000-8000-' || lpad((serial % 3000)::text, 12, '0'))::uuid;
      entry.batch_number := case when serial % 5000 = 7 then 'RARE' else 'B' || serial % 20000 end;
      entry.previous_hash := before;
      before := dispensing.register_hash(entry);
      entry.hash := before;
      insert into dispensing.register_entry values (entry.*);
    end loop;
    return before;
  end $$`
const writeDispensings = `
  insert into dispensing.dispensing (id, order_id, order_line, pack_id, batch_id, batch_number, expiry_month, packs,
    units, mrp_paise, price_paise, packed_by, packed_at, request_id)
  select numbered, numbered, 1, ('00000000-0000-4000-8000-' || lpad((serial % 3000)::text, 12, '0'))::uuid, numbered,
    case when serial % 5000 = 7 then 'RARE' else 'B' || serial % 20000 end, '2099-01', 1, 10, 100, 100, numbered,
    ($3::date + serial / $4::integer)::timestamptz, 'bench'
  from generate_series($1::integer, $2::integer) as serial, lateral (select lpad(to_hex(serial), 32, '0')::uuid as numbered)`
const own = await testDatabase()
try {
  await fill(own)
  await measurePages(own)
  await measureMonth(own)
} finally {
  await own.close()
}

/**
 * As many entries a day as come to a year; one in 5,000 of a rare batch. Numbered and sealed here by the register's own
 * hash instead of its trigger: twenty thousand entries in one transaction make the trigger walk twenty thousand dead
 * versions of the head's row, which no pharmacy ever does. Whether the chain holds is verified below.
 */
async function fill({ ownerUrl }: TestDatabase): Promise<void> {
  const started = performance.now()
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query('alter table dispensing.register_entry disable trigger user')
  const builtLater = await dropWhatIsBuiltFaster(client)
  await client.query(writeEntries)
  const perDay = Math.ceil(entries / days)
  let head = Buffer.alloc(32)
  for (let done = 0; done < entries; done += chunk) {
    const upto = Math.min(done + chunk, entries)
    await client.query(writeDispensings, [done + 1, upto, firstDay, perDay])
    const { rows } = await client.query<{ head: Buffer }>(
      'select pg_temp.write_entries($1, $2, $3, $4, $5, $6) as head',
      [done + 1, upto, storeId, firstDay, perDay, head],
    )
    head = Buffer.from(rows[0]!.head)
  }
  for (const build of builtLater) await client.query(build)
  await client.query('alter table dispensing.register_entry enable trigger user')
  await client.query(
    `insert into dispensing.register_head (store_id, register, last_serial, hash) values ($1, 'prescription', $2, $3)`,
    [storeId, entries, head],
  )
  await client.query('analyze dispensing.register_entry')
  await client.end()
  print(`${entries} entries written in ${Math.round((performance.now() - started) / 1000)} s`)
}

/** Indexes and the foreign key of the register, which are built over a full table in a tenth of the time; answers how. */
async function dropWhatIsBuiltFaster(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ drop: string; build: string }>(`
    select format('alter table dispensing.register_entry drop constraint %I', conname) as drop,
      format('alter table dispensing.register_entry add constraint %I %s', conname, pg_get_constraintdef(oid)) as build
    from pg_constraint where conrelid = 'dispensing.register_entry'::regclass and contype = 'f'
    union all
    select format('drop index dispensing.%I', indexname), indexdef from pg_indexes
    where schemaname = 'dispensing' and tablename = 'register_entry' and not exists (
      select from pg_constraint where conname = indexname and conrelid = 'dispensing.register_entry'::regclass)`)
  assert.ok(rows.length > 5, 'the register has indexes')
  for (const { drop } of rows) await client.query(drop)
  return rows.map(row => row.build)
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
