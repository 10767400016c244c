import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { assertLedgerAgrees, type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { addLots, addPack, markBatch, monthFromToday, personCaller } from '#test/shelf-for-tests'
import { checkLedger } from './check-ledger.ts'
import { findAvailability } from './find-availability.ts'
import { findReservations } from './find-reservations.ts'
import { extendHold, releaseHold } from './hold.ts'
import { reportDiscrepancies } from './report-discrepancies.ts'
import { type Reserved, reserve, type Wanted } from './reserve.ts'
import { defaultStore } from './store.ts'
import { sweepLapsedHolds } from './sweep-lapsed-holds.ts'

let own: TestDatabase
let storeId: string
const caller = personCaller()
before(async () => {
  own = await testDatabase({ poolMax: 20 })
  storeId = (await defaultStore(own.database.db)).id
})
after(() => own.close())

const hold = (lines: readonly Wanted[], holdHours = 1, causeId: string = randomUUID()) =>
  inTransaction(own.database, caller, tx =>
    reserve(tx, caller, { storeId, causeId, lines, holdHours }),
  )
const batchesOf = (reserved: Reserved) =>
  reserved.outcome === 'reserved'
    ? reserved.picks.map(({ batchId, packs }) => [batchId, packs])
    : reserved
const available = async (packId: string) =>
  (await findAvailability(own.database.reads, [packId])).get(packId)

test('the batch that expires first is taken first, then the one received first', async () => {
  const packId = await addPack(own.database)
  const [late] = await addLots(own.database, [{ packId, packs: 5, expiry: '2098-06' }])
  const [soon] = await addLots(own.database, [{ packId, packs: 3, expiry: '2097-01' }])
  const [soonToo] = await addLots(own.database, [{ packId, packs: 2, expiry: '2097-01' }])
  assert.deepEqual(await available(packId), { availablePacks: 10, earliestExpiry: '2097-01' })
  assert.deepEqual(batchesOf(await hold([{ packId, packs: 6 }])), [
    [soon, 3],
    [soonToo, 2],
    [late, 1],
  ])
})

test('a cart that cannot be filled takes nothing, and says which pack is short by how many', async () => {
  const [plenty, scarce] = [await addPack(own.database), await addPack(own.database)].sort()
  await addLots(own.database, [
    { packId: plenty!, packs: 9 },
    { packId: scarce!, packs: 2 },
  ])
  const causeId = randomUUID()
  const lines = [
    { packId: scarce!, packs: 3 },
    { packId: plenty!, packs: 1 },
  ]
  assert.deepEqual(await hold(lines, 1, causeId), {
    outcome: 'out_of_stock',
    packId: scarce,
    shortPacks: 1,
  })
  assert.deepEqual(await findReservations(own.database.reads, [causeId]), [])
  assert.equal((await available(plenty!))?.availablePacks, 9)
})

test('two lines of one pack are added up before the shelf is asked', async () => {
  const packId = await addPack(own.database)
  await addLots(own.database, [{ packId, packs: 3 }])
  const line = { packId, packs: 2 }
  assert.equal((await hold([line, line])).outcome, 'out_of_stock')
  assert.equal((await hold([line])).outcome, 'reserved')
})

test('only whole packs are promised: a broken strip stays on the shelf', async () => {
  const packId = await addPack(own.database, { units: 10 })
  const [batchId] = await addLots(own.database, [{ packId, packs: 2 }])
  await sql`
    insert into stock.movement (batch_id, store_id, kind, on_hand_delta, reserved_delta, cause_kind, cause_id, request_id, note)
    values (${batchId}, ${storeId}, 'adjusted', -3, 0, 'count', ${randomUUID()}, 'test', 'three lost')`.execute(
    own.database.db,
  )
  assert.equal((await available(packId))?.availablePacks, 1)
  assert.equal((await hold([{ packId, packs: 2 }])).outcome, 'out_of_stock')
  assert.equal((await hold([{ packId, packs: 1 }])).outcome, 'reserved')
})

test('expired, short-dated and blocked batches are passed over, and not counted as available', async () => {
  const packId = await addPack(own.database)
  const short = await monthFromToday(own.database, 45)
  const [, ...blocked] = await addLots(own.database, [
    { packId, packs: 1, expiry: short },
    ...['a', 'b', 'c', 'd'].map(batchNumber => ({ packId, packs: 1, batchNumber })),
  ])
  const states = ['recalled', 'quarantine', 'damaged', 'not_for_sale'] as const
  for (const [index, state] of states.entries()) {
    await markBatch(own.database, blocked[index]!, state)
  }
  assert.deepEqual(await available(packId), { availablePacks: 0, earliestExpiry: null })
  assert.equal((await hold([{ packId, packs: 1 }])).outcome, 'out_of_stock')
})

test('a hold ends by the clock: its packs are free for the next customer before anybody sweeps', async () => {
  const packId = await addPack(own.database)
  await addLots(own.database, [{ packId, packs: 2 }])
  const first = randomUUID()
  assert.equal((await hold([{ packId, packs: 2 }], 0, first)).outcome, 'reserved')
  assert.equal((await available(packId))?.availablePacks, 2)
  assert.equal((await hold([{ packId, packs: 2 }], 1)).outcome, 'reserved')
  assert.deepEqual(await findReservations(own.database.reads, [first]), [])
  await assertLedgerAgrees(own.database)
})

test('the sweep frees what ended and leaves what has not', async () => {
  const packId = await addPack(own.database)
  await addLots(own.database, [{ packId, packs: 3 }])
  const [ended, running] = [randomUUID(), randomUUID()]
  await hold([{ packId, packs: 1 }], 1, running)
  await hold([{ packId, packs: 1 }], 0, ended)
  assert.ok((await sweepLapsedHolds(own.database)) >= 1)
  assert.equal(await sweepLapsedHolds(own.database), 0)
  const left = await findReservations(own.database.reads, [ended, running])
  assert.deepEqual(
    left.map(one => one.causeId),
    [running],
  )
})

test('a hold is released once, and can be extended only while it runs', async () => {
  const packId = await addPack(own.database, { units: 15 })
  await addLots(own.database, [{ packId, packs: 4 }])
  const [running, ended] = [randomUUID(), randomUUID()]
  await hold([{ packId, packs: 2 }], 1, running)
  await hold([{ packId, packs: 1 }], 0, ended)
  const within = <T>(work: Parameters<typeof inTransaction<T>>[2]) =>
    inTransaction(own.database, caller, work)
  assert.equal(await within(tx => extendHold(tx, running, 5)), true)
  assert.equal(await within(tx => extendHold(tx, ended, 5)), false)
  assert.equal(await within(tx => releaseHold(tx, caller, running)), 30)
  assert.equal(await within(tx => releaseHold(tx, caller, running)), 0)
  assert.equal((await available(packId))?.availablePacks, 4)
})

test('of forty who want the last pack at once, one gets it', async () => {
  const packId = await addPack(own.database)
  await addLots(own.database, [{ packId, packs: 1 }])
  const all = await Promise.all(Array.from({ length: 40 }, () => hold([{ packId, packs: 1 }])))
  assert.equal(all.filter(one => one.outcome === 'reserved').length, 1)
  assert.equal(all.filter(one => one.outcome === 'out_of_stock').length, 39)
})

test('nobody writes a balance past the ledger, and no movement can make one impossible', async () => {
  const packId = await addPack(own.database)
  const [batchId] = await addLots(own.database, [{ packId, packs: 1 }])
  await assert.rejects(sql`update stock.balance set on_hand = 99`.execute(own.database.db), {
    code: '42501',
  })
  await assert.rejects(sql`delete from stock.movement`.execute(own.database.db), { code: '42501' })
  const write = (kind: string, onHand: number, reserved: number) =>
    sql`
      insert into stock.movement (batch_id, store_id, kind, on_hand_delta, reserved_delta, cause_kind, cause_id, request_id, note)
      values (${batchId}, ${storeId}, ${kind}, ${onHand}, ${reserved}, 'order', ${randomUUID()}, 'test', 'a planted mistake')`.execute(
      own.database.db,
    )
  await assert.rejects(write('issued', -11, 0), { constraint: 'balance_never_oversold' })
  await assert.rejects(write('released', 0, -1), { constraint: 'balance_never_oversold' })
  await assert.rejects(write('received', -1, 0), { constraint: 'movement_sign' })
  await assert.rejects(write('stolen', -1, 0), { constraint: 'movement_sign' })
})

test('a balance changed behind the ledger is found, alarmed about every night, shown to the desk, and never repaired', async () => {
  const packId = await addPack(own.database)
  const [batchId] = await addLots(own.database, [{ packId, packs: 1 }])
  const { Client } = (await import('pg')).default
  const owner = new Client({ connectionString: own.ownerUrl })
  await owner.connect()
  try {
    await owner.query('update stock.balance set on_hand = on_hand + 1 where batch_id = $1', [
      batchId,
    ])
    await assert.rejects(assertLedgerAgrees(own.database))
    for (const night of [1, 2]) {
      await assert.rejects(
        checkLedger(own.database),
        /stop selling those batches/,
        `night ${night}`,
      )
      const { items } = await reportDiscrepancies(own.database.reads)
      assert.deepEqual(
        items.map(one => [one.batchId, one.onHand, one.ledgerOnHand]),
        [[batchId, 11, 10]],
      )
    }
    await owner.query('update stock.balance set on_hand = on_hand - 1 where batch_id = $1', [
      batchId,
    ])
    await checkLedger(own.database)
  } finally {
    await owner.end()
  }
})
