import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { sellUnits } from '#test/sales-for-tests'
import { addPack } from '#test/shelf-for-tests'
import { addSupplier, billLine, keeper, receive } from './buying-for-tests.ts'
import { findOrders } from './find-orders.ts'
import { findSuggestions } from './find-suggestions.ts'
import { orderSuggestions } from './order-suggestions.ts'
import { setReorderLevel } from './set-reorder-level.ts'

let own: TestDatabase
let supplierId: string
before(async () => {
  own = await testDatabase()
  supplierId = await addSupplier(own.database)
})
after(() => own.close())

async function boughtAndSold(soldUnits: number) {
  const pack = await addPack(own.database)
  const bill = await receive(own.database, { supplierId, lines: [billLine(pack)] })
  await sellUnits(own.database, bill.lines[0]!.batchId, soldUnits)
  return pack
}

const suggestionFor = async (pack: string) =>
  (await findSuggestions(own.database.reads)).items.find(one => one.medicineId === pack)

test('what runs out is suggested from its last supplier; one click drafts the orders, once', async () => {
  const [fast, slow] = [await boughtAndSold(95), await boughtAndSold(1)]
  const found = await suggestionFor(fast)
  assert.equal(found?.supplierId, supplierId)
  assert.deepEqual(
    [found?.usableUnits, found?.reason, found?.lastRatePaise],
    [5, 'runs_out', 10_000],
  )
  assert.ok((found?.packs ?? 0) > 0)
  assert.equal(await suggestionFor(slow), undefined)

  const other = await addSupplier(own.database)
  const lines = [
    { medicineId: fast, supplierId, packs: found!.packs },
    { medicineId: slow, supplierId: other, packs: 3 },
  ]
  const key = randomUUID()
  const [first, again] = await Promise.all([
    orderSuggestions(own.database, keeper, key, lines),
    orderSuggestions(own.database, keeper, key, lines),
  ])
  assert.deepEqual(first, again)
  assert.equal(first.orderIds.length, 2)
  const { items } = await findOrders(own.database.reads, { state: 'draft' })
  assert.equal(items.length, 2)
  assert.equal(await suggestionFor(fast), undefined, 'what is on order is not suggested again')
})

test('a minimum set by a person is kept, and taken back', async () => {
  const pack = await addPack(own.database)
  assert.equal(await suggestionFor(pack), undefined)
  await setReorderLevel(own.database, keeper, pack, { minPacks: 3, maxPacks: 8 })
  const found = await suggestionFor(pack)
  assert.deepEqual([found?.packs, found?.reason, found?.supplierId], [8, 'below_minimum', null])
  await setReorderLevel(own.database, keeper, pack, { minPacks: null, maxPacks: null })
  assert.equal(await suggestionFor(pack), undefined)
  for (const wrong of [
    { minPacks: 4, maxPacks: 3 },
    { minPacks: null, maxPacks: 3 },
  ]) {
    await assert.rejects(setReorderLevel(own.database, keeper, pack, wrong), {
      code: 'level_invalid',
    })
  }
})
