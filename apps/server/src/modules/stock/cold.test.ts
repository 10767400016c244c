import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { addPack, personCaller, shelfOf } from '#test/shelf-for-tests'
import { checkLedger } from './check-ledger.ts'
import { decideExcursion } from './decide-excursion.ts'
import { findExcursions } from './find-excursions.ts'
import { findFridges, findReadings } from './find-fridges.ts'
import { receiveStock } from './receive-stock.ts'
import { recordReadings } from './record-readings.ts'
import { releaseBlocked } from './block-batches.ts'
import { reserve } from './reserve.ts'
import { saveFridge } from './save-fridge.ts'
import { defaultStore } from './store.ts'
import { takeBackUnits } from './dispose-units.ts'
import { issueReserved } from './issue-reserved.ts'

let own: TestDatabase
const pharmacist = personCaller()
before(async () => {
  own = await testDatabase()
})
after(async () => {
  await checkLedger(own.database)
  await own.close()
})

let fridges = 0
const fridge = async () => {
  const bin = `COLD${++fridges}`
  const limits = { storageClass: 'cold', minTenths: 20, maxTenths: 80 } as const
  return saveFridge(own.database, pharmacist, {
    id: randomUUID(),
    name: `Fridge ${bin}`,
    bin,
    ...limits,
  })
}
const stockedIn = async (bin: string, packs: number) => {
  const packId = await addPack(own.database)
  const line = {
    medicineId: packId,
    batchNumber: 'C1',
    expiry: '2099-12',
    mrpPaise: 10_000,
    packs,
    bin,
  }
  const bill = { supplierName: 'Cold Wholesale', billNumber: randomUUID(), lines: [line] }
  const { lines } = await receiveStock(own.database, pharmacist, randomUUID(), bill)
  return { packId, batchId: lines[0]!.id }
}
const read = (id: string, ...readings: { at: string; tenths: number }[]) =>
  recordReadings(own.database, pharmacist, { id, source: 'import', readings })
const at = (minute: number) => `2026-01-05T04:${String(minute).padStart(2, '0')}:00.000Z`
const decide = (id: string, decision: 'release' | 'write_off') =>
  decideExcursion(own.database, pharmacist, {
    id,
    decision,
    evidence: 'Letter of the maker, 25 °C for 24 h',
  })
const hold = async (packId: string, packs: number) => {
  const causeId = randomUUID()
  const { id: storeId } = await defaultStore(own.database.db)
  const reserved = await inTransaction(own.database, pharmacist, tx =>
    reserve(tx, pharmacist, { storeId, causeId, lines: [{ packId, packs }], holdHours: 1 }),
  )
  return { causeId, outcome: reserved.outcome }
}

test('readings inside the limits move nothing, and the same instant is read once', async () => {
  const { id, bin } = await fridge()
  const { packId } = await stockedIn(bin, 2)
  assert.deepEqual(await read(id, { at: at(0), tenths: 20 }, { at: at(1), tenths: 80 }), {
    id,
    written: 2,
    excursionId: null,
  })
  assert.equal((await read(id, { at: at(0), tenths: 95 })).written, 0)
  assert.deepEqual(await shelfOf(own.database, packId), [{ state: 'sellable', units: 20 }])
  const { items } = await findFridges(own.database.reads, id)
  assert.deepEqual([items[0]?.lastTenths, items[0]?.openExcursionId], [80, null])
})

test('one reading outside sets the fridge apart, and a pharmacist releases it with the evidence', async () => {
  const { id, bin } = await fridge()
  const { packId } = await stockedIn(bin, 2)
  const elsewhere = await stockedIn('ROOM', 1)
  const { excursionId } = await read(
    id,
    { at: at(0), tenths: 95 },
    { at: at(1), tenths: 130 },
    { at: at(2), tenths: 50 },
  )
  assert.equal((await read(id, { at: at(3), tenths: -5 })).excursionId, excursionId)
  assert.deepEqual(await shelfOf(own.database, packId), [{ state: 'quarantine', units: 20 }])
  assert.deepEqual(await shelfOf(own.database, elsewhere.packId), [
    { state: 'sellable', units: 10 },
  ])
  assert.equal((await hold(packId, 1)).outcome, 'out_of_stock')
  const [open] = (await findExcursions(own.database.reads, excursionId)).items
  assert.deepEqual([open?.worstTenths, open?.batches[0]?.units], [130, 20])
  assert.equal(
    (await findReadings(own.database.reads, id)).items.filter(one => one.isOutside).length,
    3,
  )
  const decided = await decide(excursionId!, 'release')
  assert.match(decided.evidence ?? '', /Letter of the maker/)
  assert.deepEqual(await shelfOf(own.database, packId), [{ state: 'sellable', units: 20 }])
  await assert.rejects(decide(excursionId!, 'write_off'), { code: 'excursion_decided' })
  await assert.rejects(decide(randomUUID(), 'release'), { code: 'not_found' })
})

test('packs promised from a fridge that warmed are not packed, and go with the rest; returns are no part of it', async () => {
  const { id, bin } = await fridge()
  const { packId, batchId } = await stockedIn(bin, 5)
  const sold = await hold(packId, 1)
  const pick = [{ packId, batchId, packs: 1 }]
  const pack = (causeId: string) =>
    inTransaction(own.database, pharmacist, tx =>
      issueReserved(tx, pharmacist, { causeId, picks: pick }),
    )
  await pack(sold.causeId)
  await inTransaction(own.database, pharmacist, tx =>
    takeBackUnits(tx, pharmacist, { orderId: sold.causeId, batchId, units: 10 }),
  )
  const waiting = await hold(packId, 1)
  const { excursionId } = await read(id, { at: at(0), tenths: 120 })
  await assert.rejects(pack(waiting.causeId), { code: 'batch_not_issuable' })
  const { rows } = await sql`select id from kernel.event where name = 'stock.batches_blocked'
    and payload->>'excursionId' = ${excursionId}`.execute(own.database.db)
  assert.equal(rows.length, 1)
  await inTransaction(own.database, pharmacist, tx =>
    releaseBlocked(tx, pharmacist, waiting.causeId),
  )
  const [open] = (await findExcursions(own.database.reads, excursionId)).items
  assert.equal(open?.batches[0]?.units, 40)
  await decide(excursionId!, 'release')
  assert.deepEqual(await shelfOf(own.database, packId), [
    { state: 'quarantine', units: 10 },
    { state: 'sellable', units: 40 },
  ])
  assert.equal((await hold(packId, 4)).outcome, 'reserved')
})

test('what is written off leaves the books; what a recall holds is not released', async () => {
  const { id, bin } = await fridge()
  const [spoiled, recalled] = [await stockedIn(bin, 1), await stockedIn(bin, 1)]
  const first = await read(id, { at: at(0), tenths: 200 })
  await sql`update stock.batch set hold = 'recalled' where id = ${recalled.batchId}`.execute(
    own.database.db,
  )
  await decide(first.excursionId!, 'release')
  assert.deepEqual(await shelfOf(own.database, recalled.packId), [{ state: 'recalled', units: 10 }])
  const second = await read(id, { at: at(1), tenths: 200 })
  await decide(second.excursionId!, 'write_off')
  assert.deepEqual(await shelfOf(own.database, spoiled.packId), [])
})

test('a reading from the future, limits the wrong way round and a bin of two fridges are refused', async () => {
  const { id, bin } = await fridge()
  await assert.rejects(read(id, { at: '2090-01-01T00:00:00.000Z', tenths: 50 }), {
    code: 'reading_invalid',
  })
  await assert.rejects(read(randomUUID(), { at: at(0), tenths: 50 }), { code: 'not_found' })
  const save = (more: object) =>
    saveFridge(own.database, pharmacist, {
      id: randomUUID(),
      name: 'Other',
      bin: 'OTHER',
      storageClass: 'cold',
      minTenths: 20,
      maxTenths: 80,
      ...more,
    })
  await assert.rejects(save({ minTenths: 80 }), { code: 'fridge_invalid' })
  await assert.rejects(save({ bin }), { code: 'fridge_invalid' })
})
