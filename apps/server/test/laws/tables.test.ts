import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { mayCall } from '../../src/call-table.ts'

let own: TestDatabase
let owner: pg.Client
before(async () => {
  own = await testDatabase()
  owner = new pg.Client({ connectionString: own.ownerUrl })
  await owner.connect()
})
after(async () => {
  await owner.end()
  await own.close()
})

const schemas = ['kernel', ...Object.keys(mayCall)]

const foreignKeysAcross = `
  select constraint_.conname as name from pg_constraint constraint_
  join pg_class here on here.oid = constraint_.conrelid
  join pg_class there on there.oid = constraint_.confrelid
  where constraint_.contype = 'f' and here.relnamespace <> there.relnamespace`

test('law 2: no foreign key crosses from one schema to another', async () => {
  assert.deepEqual((await owner.query(foreignKeysAcross)).rows, [])
  await owner.query('begin')
  await owner.query('create table audit.planted (batch_id uuid references stock.batch (id))')
  assert.equal((await owner.query(foreignKeysAcross)).rowCount, 1, 'the planted key was not seen')
  await owner.query('rollback')
})

/** Tables whose rows may never change, by what guards them. */
const appendOnly = [
  'audit.entry',
  'kernel.event',
  'stock.movement',
  'ordering.order_event',
  'dispensing.dispensing',
  'dispensing.register_entry',
  'dispensing.register_setting',
  'dispensing.register_confirmation',
  'catalogue.sale_switch',
  'catalogue.equivalence_ruling',
  'catalogue.selling_rule',
  'catalogue.content',
  'purchasing.bill',
  'purchasing.debit_note',
  'prescriptions.upload_view',
  'prescriptions.patient_consent',
  'billing.seller',
  'billing.invoice',
  'billing.invoice_line',
  'billing.credit_note',
  'billing.credit_line',
  'prescriptions.item_use',
  'prescriptions.review_override',
  'prescriptions.clinical_list',
  'payments.payment_seen',
  'payments.refund_seen',
  'payments.drawer_movement',
]

test('law 10: the application can add to the records but neither change, empty nor own them', async () => {
  for (const table of appendOnly) {
    const { rows } = await owner.query(
      `select pg_get_userbyid(relowner) as owner,
        has_table_privilege('janta_app', $1, 'insert') as adds,
        has_table_privilege('janta_app', $1, 'update, delete, truncate') as changes
       from pg_class where oid = $1::regclass`,
      [table],
    )
    assert.deepEqual(rows, [{ owner: 'janta_owner', adds: true, changes: false }], table)
  }
})

test('law 10 bites: even the owner is stopped by the trigger', async () => {
  for (const table of appendOnly) {
    for (const act of [
      `update ${table} set id = default`,
      `delete from ${table}`,
      `truncate ${table} cascade`,
    ]) {
      await assert.rejects(owner.query(act), { code: '42501' }, act)
    }
  }
})

test('law 5: the application can write no balance, only movements', async () => {
  const { rows } = await owner.query(
    `select has_table_privilege('janta_app', 'stock.balance', 'insert, update, delete, truncate') as writes,
      has_table_privilege('janta_app', 'stock.movement', 'insert') as moves`,
  )
  assert.deepEqual(rows, [{ writes: false, moves: true }])
})

test('the application owns nothing but its jobs', async () => {
  const { rows } = await owner.query(
    `select relnamespace::regnamespace::text as schema, relname as name from pg_class
     where relowner = 'janta_app'::regrole and relnamespace::regnamespace::text <> 'graphile_worker'
       and relnamespace::regnamespace::text not like 'pg_t%'`,
  )
  assert.deepEqual(rows, [])
})

/** Columns that weigh rather than count: nobody adds them up or pays by them. */
const weights = new Set(['catalogue.pack.popularity'])

test('law 6: money and quantities are integers, instants carry their zone', async () => {
  const { rows } = await owner.query(
    `select table_schema || '.' || table_name || '.' || column_name as name, data_type as type
     from information_schema.columns where table_schema = any($1)`,
    [schemas],
  )
  assert.ok(rows.length > 100, `only ${rows.length} columns were looked at`)
  const wrong = rows.filter(
    ({ name, type }) =>
      !weights.has(name) &&
      (/^(real|double precision|money|timestamp without time zone)$/.test(type) ||
        (name.endsWith('_paise') && !/^(bigint|integer)$/.test(type))),
  )
  assert.deepEqual(wrong, [])
})

test('every foreign key has an index to look it up by', async () => {
  const { rows } = await owner.query(
    `select conrelid::regclass::text as table, conname as name from pg_constraint
     where contype = 'f' and not exists (
       select from pg_index where indrelid = conrelid and (indkey::int2[])[0:cardinality(conkey) - 1] @> conkey)`,
  )
  assert.deepEqual(rows, [])
})
