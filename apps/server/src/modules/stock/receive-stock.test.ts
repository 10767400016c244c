import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { NewReceipt } from '@janta/contracts'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { findPacks } from '#modules/catalogue'
import { addPack, monthFromToday, personCaller } from '#test/shelf-for-tests'
import { findBatch, findBatches } from './find-batches.ts'
import { loadSampleStock } from './load-sample-stock.ts'
import { receiveStock } from './receive-stock.ts'

let own: TestDatabase
let packId: string
const caller = personCaller()
before(async () => {
  own = await testDatabase()
  packId = await addPack(own.database, { units: 15 })
})
after(() => own.close())

const line = (more: Partial<NewReceipt['lines'][number]> = {}) => ({
  medicineId: packId,
  batchNumber: 'ab12',
  expiry: '2099-04',
  mrpPaise: 10_000,
  packs: 2,
  ...more,
})
const receive = (
  lines: NewReceipt['lines'],
  billNumber: string = randomUUID(),
  key = randomUUID(),
) => receiveStock(own.database, caller, key, { supplierName: 'Sharma & Sons', billNumber, lines })

test('goods received stand on the shelf as their own lots, free packs included, with the ledger to show', async () => {
  const receipt = await receive(
    [line({ freePacks: 1, bin: 'A1', purchaseRatePaise: 8_000 })],
    'B-1',
  )
  assert.match(receipt.number, /^GRN-\d+$/)
  const [lot] = receipt.lines
  assert.equal(lot?.onHandUnits, 45)
  assert.equal(lot?.notIssuable, null)
  const batch = await findBatch(own.database.reads, lot!.id)
  assert.equal(batch.billNumber, 'B-1')
  assert.equal(batch.bin, 'A1')
  assert.deepEqual(
    batch.movements.map(({ kind, onHandDelta, reservedDelta, cause }) => [
      kind,
      onHandDelta,
      reservedDelta,
      cause,
    ]),
    [['received', 45, 0, 'receipt']],
  )
})

test('the same key answers the same receipt, and the goods came in once', async () => {
  const [key, lines] = [randomUUID(), [line()]]
  const [first, second] = await Promise.all([
    receive(lines, 'B-2', key),
    receive(lines, 'B-2', key),
  ])
  assert.equal(first.id, second.id)
  assert.equal(second.lines.length, 1)
})

test('one bill of one supplier is received once, however it is written', async () => {
  await receive([line()], 'b-3')
  await assert.rejects(receive([line()], ' B-3 '), { code: 'receipt_repeated' })
})

test('one printed number at two MRPs is two lots; the same lot twice on a bill is a slip', async () => {
  const receipt = await receive([line(), line({ mrpPaise: 11_000 })])
  assert.equal(new Set(receipt.lines.map(lot => lot.id)).size, 2)
  await assert.rejects(receive([line(), line({ batchNumber: ' AB12' })]), {
    code: 'receipt_invalid',
    fields: [{ field: 'lines.1.batchNumber', message: 'This repeats line 1; add the packs there' }],
  })
})

test('expired goods, impossible dates and a rate above the MRP are refused and named by line', async () => {
  const lastMonth = await monthFromToday(own.database, -31)
  await assert.rejects(receive([line(), line({ expiry: lastMonth })]), {
    code: 'batch_expired',
    fields: [{ field: 'lines.1.expiry', message: `Batch ab12 expired in ${lastMonth}` }],
  })
  for (const wrong of [
    { manufactured: '2099-05' },
    { manufactured: await monthFromToday(own.database, 62) },
    { purchaseRatePaise: 10_001 },
    { packs: 100_000, freePacks: 100_000_000 },
  ]) {
    await assert.rejects(receive([line(wrong)]), { code: 'receipt_invalid' })
  }
  await assert.rejects(receive([line({ medicineId: randomUUID() })]), { code: 'not_found' })
})

test('goods of this month may be received on its last day, but are too short-dated to sell online', async () => {
  const receipt = await receive([line({ expiry: await monthFromToday(own.database, 0) })])
  assert.equal(receipt.lines[0]?.notIssuable?.code, 'short_dated')
})

test('a lower MRP on new goods brings the price down to it, because no sale is above the label', async () => {
  await receive([line({ mrpPaise: 8_500 })])
  const pack = (await findPacks(own.database.reads, [packId])).get(packId)
  assert.equal(pack?.mrpPaise, 8_500)
  assert.equal(pack?.pricePaise, 8_500)
})

test('the list of batches is earliest expiry first, in pages that neither repeat nor lose one', async () => {
  const seen: string[] = []
  let after: string | undefined
  for (let page = 1; page <= 20; page++) {
    const answer = await findBatches(own.database.reads, { limit: 2, ...(after && { after }) })
    seen.push(...answer.items.map(item => `${item.expiry} ${item.id}`))
    if (answer.next === null) break
    after = answer.next
  }
  const { items, counts } = await findBatches(own.database.reads, {})
  assert.deepEqual(
    seen,
    items.map(item => `${item.expiry} ${item.id}`),
  )
  assert.deepEqual([...seen].sort(), seen)
  assert.equal(
    (counts.expired ?? 0) + (counts.within_90_days ?? 0) + (counts.later ?? 0),
    items.length,
  )
  const near = await findBatches(own.database.reads, { expiry: 'within_90_days' })
  assert.equal(near.items.length, counts.within_90_days)
  await assert.rejects(findBatches(own.database.reads, { after: 'nonsense' }), {
    code: 'malformed_request',
  })
})

test('a batch that expired on the shelf says so and what to do', async () => {
  const other = await addPack(own.database)
  const month = await monthFromToday(own.database, 0)
  const receipt = await receive([line({ medicineId: other, expiry: month })])
  await own.moveClock('40 days')
  const batch = await findBatch(own.database.reads, receipt.lines[0]!.id)
  assert.equal(batch.notIssuable?.code, 'expired')
  assert.match(batch.notIssuable?.sentence ?? '', /expired bin/)
  const { items } = await findBatches(own.database.reads, { medicineId: other, expiry: 'expired' })
  assert.equal(items.length, 1)
  await own.moveClock('0')
})

test('the sample shelf is filled once, with something of every kind to look at', async () => {
  const packIds: string[] = []
  for (let index = 0; index < 14; index++) packIds.push(await addPack(own.database))
  await loadSampleStock(own.database, packIds)
  const count = async () =>
    Promise.all(
      packIds.map(
        async medicineId => (await findBatches(own.database.reads, { medicineId })).items.length,
      ),
    )
  const filled = await count()
  assert.equal(filled[0], 2)
  assert.equal(filled[3], 3)
  assert.equal(filled[12], 0)
  await loadSampleStock(own.database, packIds)
  assert.deepEqual(await count(), filled)
})
