import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { metrics } from '#kernel/metrics'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { sampleStoreId } from '#test/billing-for-tests'
import { addScheduledPack, coverageOf, supplyOn } from '#test/registers-for-tests'
import { personCaller } from '#test/shelf-for-tests'
import { compareRegisters } from './compare-registers.ts'
import { measureRegisters } from './measure-registers.ts'
import { setRegisterForm } from './set-register-form.ts'
import { verifyRegisters } from './verify-registers.ts'
import { voidRegisterEntries } from './void-register-entries.ts'

let own: TestDatabase
let packH: string
let packH1: string
before(async () => {
  own = await testDatabase()
  packH = await addScheduledPack(own.database)
  packH1 = await addScheduledPack(own.database, 'H1')
})
after(() => own.close())

const schemesH1 = ['H1']

interface Row {
  register: string
  serial: number
  kind: string
  repeats: number | null
  voids: number | null
  reason: string | null
  keptIn: string
}

async function rowsOf(orderId: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select register, serial, kind, repeats_serial as repeats, voids_serial as voids, void_reason as reason,
      kept_in as "keptIn"
    from dispensing.register_entry where order_id = ${orderId} order by register desc, serial`.execute(
    own.database.db,
  )
  return rows
}

/** Does what only who owns the tables could do, with the guards off, and undoes it. */
async function tamper(act: string, undo: string, meanwhile: () => Promise<void>): Promise<void> {
  const owner = new pg.Client({ connectionString: own.ownerUrl })
  await owner.connect()
  try {
    await owner.query('alter table dispensing.register_entry disable trigger user')
    await owner.query(act)
    await meanwhile()
    await owner.query(undo)
  } finally {
    await owner.query('alter table dispensing.register_entry enable trigger user')
    await owner.end()
  }
}

/** What the alarm on the registers reads. */
async function measuredGaps(): Promise<number | undefined> {
  metrics.take()
  await measureRegisters(own.database)
  return metrics.take().find(one => one.name === 'dispensing.register_gaps')?.most
}

async function thisMonth(): Promise<string> {
  const { rows } = await sql<{ month: string }>`
    select to_char(kernel.today(), 'YYYY-MM') as month`.execute(own.database.db)
  return rows[0]!.month
}

test('a supply is numbered in the prescription register, and Schedule H1 in its own too', async () => {
  const { numbers, supplies } = await supplyOn(own.database, [
    { packId: packH, coverage: coverageOf() },
    { packId: packH1, coverage: coverageOf({ schemes: schemesH1 }) },
  ])
  assert.deepEqual(
    numbers.map(({ dispensingId: _id, ...one }) => one),
    [
      { line: 1, serial: 1, h1Serial: null },
      { line: 2, serial: 2, h1Serial: 1 },
    ],
  )
  assert.deepEqual(
    numbers.map(one => one.dispensingId),
    supplies.map(one => one.dispensingId),
  )
})

test('supplies at the same time get neither a gap nor a double, and what rolled back gives its number again', async () => {
  await Promise.all(
    Array.from({ length: 8 }, () =>
      supplyOn(own.database, [{ packId: packH, coverage: coverageOf() }]),
    ),
  )
  const twice = await supplyOn(own.database, [{ packId: packH, coverage: coverageOf() }])
  await assert.rejects(
    supplyOn(own.database, [
      { packId: packH, coverage: coverageOf(), dispensingId: twice.supplies[0]!.dispensingId },
    ]),
  )
  await supplyOn(own.database, [{ packId: packH, coverage: coverageOf() }])
  const { rows } = await sql<{ isWhole: boolean }>`
    select max(serial) = count(*) and min(serial) = 1 as "isWhole" from dispensing.register_entry
    where store_id = ${sampleStoreId} and register = 'prescription'`.execute(own.database.db)
  assert.equal(rows[0]?.isWhole, true)
})

test('a later supply on the same prescription names the entry before', async () => {
  const coverage = coverageOf()
  const first = await supplyOn(own.database, [{ packId: packH, coverage }])
  const again = await supplyOn(own.database, [{ packId: packH, coverage }])
  assert.deepEqual(
    [(await rowsOf(first.orderId))[0]?.repeats, (await rowsOf(again.orderId))[0]?.repeats],
    [null, first.numbers[0]?.serial],
  )
})

test('a void is a row of its own with its reason, once, and the voided entry stays', async () => {
  const coverage = coverageOf({ schemes: schemesH1 })
  const { orderId, numbers } = await supplyOn(own.database, [{ packId: packH1, coverage }])
  const caller = personCaller()
  const reason = 'Came back from the door'
  const voids = await Promise.all(
    [1, 2].map(() =>
      inTransaction(own.database, caller, tx =>
        voidRegisterEntries(tx, caller, { orderId, reason }),
      ),
    ),
  )
  assert.deepEqual(
    voids.toSorted((one, other) => one - other),
    [0, 2],
  )
  const found = await rowsOf(orderId)
  assert.deepEqual(
    found.map(one => [one.register, one.kind, one.voids, one.reason]),
    [
      ['prescription', 'supply', null, null],
      ['prescription', 'void', numbers[0]!.serial, reason],
      ['h1', 'supply', null, null],
      ['h1', 'void', numbers[0]!.h1Serial, reason],
    ],
  )
})

test('from the declared day on entries say that the memo book holds them; Schedule H1 stays a register', async () => {
  const { rows } = await sql<{ today: string }>`select kernel.today() as today`.execute(
    own.database.db,
  )
  const form = { storeId: sampleStoreId, from: rows[0]!.today }
  const caller = personCaller()
  await setRegisterForm(own.database, caller, { ...form, keptIn: 'memo_book' })
  const coverage = coverageOf({ schemes: schemesH1 })
  const { orderId } = await supplyOn(own.database, [{ packId: packH1, coverage }])
  assert.deepEqual(
    (await rowsOf(orderId)).map(one => [one.register, one.keptIn]),
    [
      ['prescription', 'memo_book'],
      ['h1', 'register'],
    ],
  )
  await setRegisterForm(own.database, caller, { ...form, keptIn: 'register' })
})

test('the application can neither change nor remove an entry, nor move the numbers', async () => {
  for (const act of [
    sql`update dispensing.register_entry set units = 1`,
    sql`delete from dispensing.register_entry`,
    sql`update dispensing.register_head set last_serial = 1`,
  ]) {
    await assert.rejects(act.execute(own.database.db), { code: '42501' })
  }
})

test('untouched registers verify whole and by the month', async () => {
  for (const month of [null, await thisMonth()]) {
    const verdict = await verifyRegisters(own.database.db, month)
    assert.deepEqual(verdict.faults, [])
    assert.equal(verdict.registers, 2)
    assert.ok(verdict.entries > 10, `${verdict.entries} entries were read`)
  }
})

test('a changed, a removed and a cut-off entry are found and named', async () => {
  const name = `register prescription of store ${sampleStoreId}`
  const where = `register = 'prescription' and serial`
  const changed = ['units = 99', "patient_name = 'Another'", 'directions = null']
  for (const change of changed) {
    await tamper(
      `create temporary table kept as select * from dispensing.register_entry where ${where} = 3;
       update dispensing.register_entry set ${change} where ${where} = 3`,
      `delete from dispensing.register_entry where ${where} = 3;
       insert into dispensing.register_entry select * from kept; drop table kept`,
      async () => {
        for (const month of [null, await thisMonth()]) {
          const { faults } = await verifyRegisters(own.database.db, month)
          assert.equal(faults.length, 1, faults.join('\n'))
          assert.match(faults[0]!, new RegExp(`${name}: entry 3 \\([0-9a-f-]{36}\\) was changed`))
        }
      },
    )
  }
  const { rows } = await sql<{ last: number }>`
    select last_serial as last from dispensing.register_head where register = 'prescription'`.execute(
    own.database.db,
  )
  for (const serial of [4, rows[0]!.last]) {
    await tamper(
      `create temporary table kept as select * from dispensing.register_entry where ${where} = ${serial};
       delete from dispensing.register_entry where ${where} = ${serial}`,
      'insert into dispensing.register_entry select * from kept; drop table kept',
      async () => {
        const { faults } = await verifyRegisters(own.database.db)
        assert.ok(faults.length > 0, `nobody missed entry ${serial}`)
        assert.ok(faults.every(fault => fault.startsWith(name)))
        assert.equal(await measuredGaps(), faults.length)
      },
    )
  }
  assert.deepEqual((await verifyRegisters(own.database.db)).faults, [])
  assert.equal(await measuredGaps(), 0)
})

test('a month rebuilt from the dispensings equals the stored one, and a dispensing left out is named', async () => {
  const month = await thisMonth()
  const whole = await compareRegisters(own.database.db, month)
  assert.deepEqual(whole.faults, [])
  assert.ok(whole.dispensings > 10)
  const { supplies } = await supplyOn(own.database, [{ packId: packH1, coverage: coverageOf() }])
  const { faults } = await compareRegisters(own.database.db, month)
  assert.equal(faults.length, 1)
  assert.match(faults[0]!, new RegExp(`${supplies[0]!.dispensingId} .* is missing from the H1`))
})
