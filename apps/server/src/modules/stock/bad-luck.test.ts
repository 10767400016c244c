import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { api, type NewReceipt } from '@janta/contracts'
import { sql } from 'kysely'
import { Value } from 'typebox/value'
import { assertLedgerAgrees, type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { addLots, addPack, personCaller, shelfOf } from '#test/shelf-for-tests'
import { decideCount } from './decide-count.ts'
import { explainStock } from './explain-stock.ts'
import { findAvailability } from './find-availability.ts'
import { issueReserved } from './issue-reserved.ts'
import { openCount } from './open-count.ts'
import { receiveStock } from './receive-stock.ts'
import { recordCount } from './record-count.ts'
import { reserve } from './reserve.ts'
import { defaultStore } from './store.ts'
import { returnToQuarantine, returnToShelf } from './take-back.ts'
import { valueStock } from './value-stock.ts'

// What people, machines and clocks do to a shelf at the worst moment: refused with the reason, or harmless.

let own: TestDatabase
let storeId: string
const caller = personCaller()
before(async () => {
  own = await testDatabase()
  storeId = (await defaultStore(own.database.db)).id
})
after(() => own.close())

const hold = (packId: string, packs: number, causeId: string = randomUUID(), holdHours = 1) =>
  inTransaction(own.database, caller, tx =>
    reserve(tx, caller, { storeId, causeId, lines: [{ packId, packs }], holdHours }),
  )
async function sell(packId: string, packs: number, causeId: string = randomUUID()) {
  const reserved = await hold(packId, packs, causeId)
  if (reserved.outcome !== 'reserved') return null
  await inTransaction(own.database, caller, tx =>
    issueReserved(tx, caller, { causeId, picks: [...reserved.picks] }),
  )
  return causeId
}
const free = async (packId: string) =>
  (await findAvailability(own.database.reads, [packId])).get(packId)?.availablePacks

test('goods of one printed batch arrive, twice by mistake, while it is sold out: nothing is sold twice or lost', async () => {
  const packId = await addPack(own.database)
  const line = { medicineId: packId, batchNumber: 'RUSH1', expiry: '2099-04', mrpPaise: 10_000 }
  const bill = (billNumber: string): NewReceipt => ({
    supplierName: 'Rush Wholesale',
    billNumber,
    lines: [{ ...line, packs: 6 }],
  })
  await receiveStock(own.database, caller, randomUUID(), bill('R-1'))
  const key = randomUUID()
  const answers = await Promise.allSettled([
    ...Array.from({ length: 15 }, () => sell(packId, 1)),
    receiveStock(own.database, caller, key, bill('R-2')),
    receiveStock(own.database, caller, key, bill('R-2')),
    receiveStock(own.database, caller, randomUUID(), bill('r-2 ')),
  ])
  const codes = answers.flatMap(one => (one.status === 'rejected' ? [one.reason.code] : []))
  assert.ok(
    codes.every(code => code === 'receipt_repeated'),
    String(codes),
  )
  const sold = answers.slice(0, 15).filter(one => one.status === 'fulfilled' && one.value).length
  assert.ok(sold >= 6 && sold <= 12, `${sold} sold`)
  assert.equal(await free(packId), 12 - sold)
  await assertLedgerAgrees(own.database)
})

test('a count in the middle of a rush stops no sale, and corrects by its difference alone', async () => {
  const packId = await addPack(own.database)
  const [batchId] = await addLots(own.database, [{ packId, packs: 60 }])
  const count = { kind: 'full', isBlind: false } as const
  const { id: countId } = await openCount(own.database, caller, randomUUID(), count)
  const rush = Array.from({ length: 20 }, () => sell(packId, 1))
  const counting = recordCount(own.database, caller, {
    countId,
    batchId: batchId!,
    state: 'sellable',
    bin: '',
    units: 390,
    reason: 'lost',
  })
  const [line, ...sales] = await Promise.all([counting, ...rush])
  assert.ok(sales.every(one => one !== null))
  assert.ok(line.varianceUnits !== null && line.varianceUnits < 0)
  const late = Array.from({ length: 5 }, () => sell(packId, 1))
  const deciding = decideCount(own.database, personCaller(), { id: line.id, approve: true })
  const [decided, ...sold] = await Promise.all([deciding, ...late])
  const gone = 10 * (sales.length + sold.filter(one => one !== null).length)
  const lying = (await shelfOf(own.database, packId)).reduce((sum, one) => sum + one.units, 0)
  assert.equal(lying, 600 - gone + decided.correctedUnits)
  await assertLedgerAgrees(own.database)
})

test('at midnight in India, not in Greenwich, a batch of the month is expired; holds and past days stand', async () => {
  const packId = await addPack(own.database)
  const [batchId] = await addLots(own.database, [{ packId, packs: 5, expiry: '2098-11' }])
  const moveTo = async (instant: string) => {
    const { rows } = await sql<{ seconds: string }>`
      select extract(epoch from ${instant}::timestamptz - now())::bigint::text as seconds`.execute(
      own.database.db,
    )
    await own.moveClock(`${rows[0]!.seconds} seconds`)
  }
  const state = async () => {
    const { batches } = await explainStock(own.database.reads, packId)
    return batches.find(one => one.id === batchId)?.notIssuable?.code
  }
  await moveTo('2098-11-30T23:50:00+05:30')
  assert.equal(await state(), 'short_dated', 'through its last day it may still be used')
  const worth = await valueStock(own.database.reads, undefined)
  assert.equal(worth.day, '2098-11-30')
  const other = await addPack(own.database)
  await addLots(own.database, [{ packId: other, packs: 3, expiry: '2106-01' }])
  await hold(other, 2)
  const before = await valueStock(own.database.reads, undefined)

  await moveTo('2098-12-01T00:05:00+05:30')
  assert.equal(await state(), 'expired', 'in Greenwich it is still November')
  assert.equal(await free(packId), 0)
  assert.equal(await free(other), 1, 'a hold of an hour ends by the hour, not by the day')
  assert.ok(await sell(other, 1))
  const past = await valueStock(own.database.reads, '2098-11-30')
  assert.deepEqual(past, before, 'what sold after midnight is no part of the day before')

  // A clock set back by ten minutes is the evening again: nothing is double, nothing is lost.
  await moveTo('2098-11-30T23:56:00+05:30')
  assert.equal(await free(other), 0)
  await assertLedgerAgrees(own.database)
})

test('more never comes back than was sold, however often and by how many it is brought', async () => {
  const packId = await addPack(own.database)
  await addLots(own.database, [{ packId, packs: 4, expiry: '2150-01' }])
  const causeId = (await sell(packId, 3))!
  const back = await Promise.all([
    inTransaction(own.database, caller, tx => returnToQuarantine(tx, caller, causeId)),
    inTransaction(own.database, caller, tx => returnToShelf(tx, caller, causeId)),
    inTransaction(own.database, caller, tx => returnToQuarantine(tx, caller, causeId)),
  ])
  assert.deepEqual(
    back.toSorted((one, other) => one - other),
    [0, 0, 30],
  )
  const again = await inTransaction(own.database, caller, tx => returnToShelf(tx, caller, causeId))
  assert.equal(again, 0)
  const lying = (await shelfOf(own.database, packId)).reduce((sum, one) => sum + one.units, 0)
  assert.equal(lying, 40)
})

test('negative, broken and huge quantities stop at the door, and a shelf asked for a million says what is short', async () => {
  const medicineId = randomUUID()
  const line = { medicineId, batchNumber: 'N', expiry: '2099-04', mrpPaise: 100, packs: 1 }
  const bodies: [schema: unknown, body: (quantity: unknown) => unknown][] = [
    [
      api.receiveStock.body,
      packs => ({ supplierName: 'N', billNumber: 'N', lines: [{ ...line, packs }] }),
    ],
    [api.setBatchApart.body, units => ({ to: 'damaged', units, reason: 'broken glass' })],
    [
      api.returnToSupplier.body,
      units => ({
        supplierId: medicineId,
        kind: 'damaged',
        reason: 'broken',
        lines: [{ batchId: medicineId, units }],
      }),
    ],
  ]
  for (const [schema, body] of bodies) {
    assert.ok(Value.Check(schema as never, body(1)), 'one is a quantity')
    for (const wrong of [-1, 0, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, '1', null]) {
      assert.ok(!Value.Check(schema as never, body(wrong)), `${wrong} was taken for a quantity`)
    }
  }
  const packId = await addPack(own.database)
  await addLots(own.database, [{ packId, packs: 2, expiry: '2150-01' }])
  const answer = await hold(packId, 1_000_000)
  assert.deepEqual(answer, { outcome: 'out_of_stock', packId, shortPacks: 999_998 })
  const movement = (units: number) =>
    sql`
      insert into stock.movement (batch_id, store_id, kind, on_hand_delta, reserved_delta, cause_kind, cause_id,
        request_id)
      select id, ${storeId}, 'received', ${units}::integer, 0, 'receipt', ${randomUUID()}, 'test'
      from stock.batch where pack_id = ${packId}`.execute(own.database.db)
  await assert.rejects(movement(-5), /movement_sign/)
  await assert.rejects(movement(2_147_483_647), /out of range/)
  assert.equal(await free(packId), 2)
})
