import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { addLots, addPack, personCaller } from '#test/shelf-for-tests'
import { findLostDemand } from './find-lost-demand.ts'
import { findSlowMovers } from './find-slow-movers.ts'
import { findStockOuts } from './find-stock-outs.ts'
import { issueReserved } from './issue-reserved.ts'
import { reserve } from './reserve.ts'
import { stockReportFile } from './stock-report-file.ts'
import { defaultStore } from './store.ts'
import { forgetUnmet, noteUnmet } from './unmet-demand.ts'

let own: TestDatabase
let storeId: string
const caller = personCaller()
before(async () => {
  own = await testDatabase()
  storeId = (await defaultStore(own.database.db)).id
})
after(() => own.close())

const sell = (packId: string, packs: number) =>
  inTransaction(own.database, caller, async tx => {
    const causeId = randomUUID()
    const request = { storeId, causeId, lines: [{ packId, packs }], holdHours: 1 }
    const reserved = await reserve(tx, caller, request)
    assert.equal(reserved.outcome, 'reserved')
    const picks = reserved.outcome === 'reserved' ? reserved.picks : []
    await issueReserved(tx, caller, { causeId, picks: [...picks] })
  })

test('what lies for months and hardly sells is slow; what is new or sells is not', async () => {
  const [slow, brisk, fresh] = [
    await addPack(own.database),
    await addPack(own.database),
    await addPack(own.database),
  ]
  await addLots(own.database, [
    { packId: slow, packs: 20 },
    { packId: brisk, packs: 20 },
  ])
  await own.moveClock('100 days')
  await addLots(own.database, [{ packId: fresh, packs: 20 }])
  await sell(slow, 1)
  await sell(brisk, 15)
  const { items } = await findSlowMovers(own.database.reads, {})
  const found = items.find(one => one.medicineId === slow)
  assert.deepEqual([found?.units, found?.soldUnits, found?.daysLeft], [190, 10, 1_710])
  assert.ok(!items.some(one => one.medicineId === brisk || one.medicineId === fresh))
})

test('what sold and is gone is out since its last unit went, with how often it was refused since', async () => {
  const [gone, there] = [await addPack(own.database), await addPack(own.database)]
  await addLots(own.database, [
    { packId: gone, packs: 3 },
    { packId: there, packs: 3 },
  ])
  await noteUnmet(own.database.db, { packId: gone, packs: 1, askedIn: 'cart' })
  await sell(gone, 3)
  await sell(there, 1)
  await noteUnmet(own.database.db, { packId: gone, packs: 2, askedIn: 'checkout' })
  const { items } = await findStockOuts(own.database.reads, {})
  const found = items.find(one => one.medicineId === gone)
  assert.deepEqual([found?.soldUnits, found?.refused], [30, 1])
  assert.ok(!items.some(one => one.medicineId === there))
})

test('what could not be had is counted by medicine without anybody’s name, page after page and as a file', async () => {
  const [most, some] = [await addPack(own.database), await addPack(own.database)]
  await noteUnmet(own.database.db, { packId: most, packs: 50, askedIn: 'cart' })
  await noteUnmet(own.database.db, { packId: most, packs: 9, askedIn: 'checkout' })
  await noteUnmet(own.database.db, { packId: some, packs: 40, askedIn: 'cart' })
  const first = await findLostDemand(own.database.reads, { limit: 1 })
  const [top] = first.items
  assert.deepEqual([top?.medicineId, top?.inCarts, top?.atCheckout, top?.packs], [most, 1, 1, 59])
  const second = await findLostDemand(own.database.reads, { limit: 1, after: first.next! })
  assert.equal(second.items[0]?.medicineId, some)
  await assert.rejects(findLostDemand(own.database.reads, { after: 'x' }), {
    code: 'malformed_request',
  })
  const file = await stockReportFile(own.database.reads, { report: 'lost_demand' })
  assert.equal(file.name, 'lost-demand-90-days.csv')
  const [heads, row] = Buffer.from(file.base64, 'base64').toString('utf8').split('\r\n')
  assert.match(heads!, /^\uFEFFmedicineId,/)
  assert.ok(row!.startsWith(most))
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_schema = 'stock' and table_name = 'unmet_demand' order by ordinal_position`.execute(
    own.database.db,
  )
  assert.deepEqual(
    rows.map(one => one.name),
    ['id', 'at', 'pack_id', 'packs', 'asked_in'],
  )
  await own.moveClock('600 days')
  await forgetUnmet(own.database)
  assert.deepEqual((await findLostDemand(own.database.reads, { days: 365 })).items, [])
})
