import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { addPack } from '#test/shelf-for-tests'
import { addSupplier, billLine, receive } from './buying-for-tests.ts'
import { findBuyingFacts, findPackByCode } from './find-buying-facts.ts'

let own: TestDatabase
before(async () => {
  own = await testDatabase()
})
after(() => own.close())

test('a medicine never bought shows the catalogue’s MRP, and one bought the last bill’s rate and MRP', async () => {
  const { database } = own
  const pack = await addPack(database, { name: 'Testine Facts' })
  const [before] = (await findBuyingFacts(database.reads, [pack, randomUUID()])).items
  assert.deepEqual([before?.name, before?.lastRatePaise], ['Testine Facts', null])
  const supplierId = await addSupplier(database, { name: 'Facts Wholesale' })
  await receive(database, { supplierId, lines: [billLine(pack, { mrpPaise: 16_100 })] })
  const { items } = await findBuyingFacts(database.reads, [pack, pack])
  assert.deepEqual(
    items.map(one => [one.mrpPaise, one.lastRatePaise, one.lastSupplierName]),
    [[16_100, 10_000, 'Facts Wholesale']],
  )
})

test('the code of a pack names its medicine from the second bill on, whatever zeros stand before it', async () => {
  const { database } = own
  const pack = await addPack(database)
  const supplierId = await addSupplier(database)
  assert.equal((await findPackByCode(database.reads, '8901030000010')).found, null)
  const lines = [billLine(pack, { gtin: '08901030000010' })]
  await receive(database, { supplierId, lines })
  assert.equal((await findPackByCode(database.reads, '8901030000010')).found?.medicineId, pack)
  const successor = await addPack(database)
  const changed = [billLine(successor, { gtin: '8901030000010', batchNumber: 'NEW1' })]
  await receive(database, { supplierId, lines: changed })
  assert.equal(
    (await findPackByCode(database.reads, '08901030000010')).found?.medicineId,
    successor,
  )
})
