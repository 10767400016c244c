import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import {
  addLots,
  addPack,
  markBatch,
  monthFromToday,
  personCaller,
  shelfOf,
} from '#test/shelf-for-tests'
import { blockBatches } from './block-batches.ts'
import { cancelTransfer } from './cancel-transfer.ts'
import { checkLedger } from './check-ledger.ts'
import { findExpiring } from './find-expiring.ts'
import { findTransfer, findTransfers } from './find-transfers.ts'
import { findWriteOffs } from './find-write-offs.ts'
import { receiveTransfer } from './receive-transfer.ts'
import { receiveStock } from './receive-stock.ts'
import { isReconciled, reconcileBatches } from './reconcile-batches.ts'
import { recordReadings } from './record-readings.ts'
import { reportDiscrepancies } from './report-discrepancies.ts'
import { reserve } from './reserve.ts'
import { saveFridge } from './save-fridge.ts'
import { saveStore } from './save-store.ts'
import { sendTransfer } from './send-transfer.ts'
import { releaseBatch, setBatchApart } from './set-batch-apart.ts'
import { defaultStore } from './store.ts'
import { undoWriteOff } from './undo-write-off.ts'
import { writeOffBatch } from './write-off-batch.ts'

let own: TestDatabase
const person = personCaller()
before(async () => {
  own = await testDatabase()
})
after(async () => {
  await checkLedger(own.database)
  await own.close()
})

const stocked = async (packs: number) => {
  const packId = await addPack(own.database)
  const [batchId] = await addLots(own.database, [{ packId, packs }])
  return { packId, batchId: batchId! }
}
const apart = (id: string, units?: number, key: string = randomUUID()) =>
  setBatchApart(own.database, person, key, {
    id,
    to: 'quarantine',
    ...(units && { units }),
    reason: 'Looks wet',
  })
const release = (id: string, units?: number) =>
  releaseBatch(own.database, person, randomUUID(), {
    id,
    from: 'quarantine',
    ...(units && { units }),
    reason: 'Seen, dry',
  })
const writeOff = (id: string, units?: number) =>
  writeOffBatch(own.database, person, randomUUID(), {
    id,
    from: 'quarantine',
    ...(units && { units }),
    reason: 'spoiled',
    note: 'Waste carrier, slip 12',
  })

test('units set apart come back to the shelf, once a key, and what is promised is not touched', async () => {
  const { packId, batchId } = await stocked(5)
  const store = await defaultStore(own.database.db)
  await inTransaction(own.database, person, tx =>
    reserve(tx, person, {
      storeId: store.id,
      causeId: randomUUID(),
      lines: [{ packId, packs: 2 }],
      holdHours: 1,
    }),
  )
  const key = randomUUID()
  assert.deepEqual(await apart(batchId, 20, key), { id: batchId, units: 20 })
  assert.deepEqual(await apart(batchId, 20, key), { id: batchId, units: 20 })
  await assert.rejects(apart(batchId, 11), { code: 'out_of_stock' })
  assert.equal((await apart(batchId)).units, 10)
  await assert.rejects(apart(batchId), { code: 'out_of_stock' })
  assert.equal((await release(batchId)).units, 30)
  assert.deepEqual(await shelfOf(own.database, packId), [{ state: 'sellable', units: 50 }])
  await assert.rejects(release(randomUUID()), { code: 'not_found' })
})

test('a recalled batch is neither released nor written off by hand', async () => {
  const { batchId } = await stocked(2)
  await apart(batchId, 10)
  await inTransaction(own.database, person, tx =>
    blockBatches(tx, person, [batchId], { kind: 'recall', id: randomUUID() }),
  )
  await assert.rejects(release(batchId), { code: 'batch_not_issuable' })
  await assert.rejects(writeOff(batchId), { code: 'batch_not_issuable' })
  const held = await stocked(1)
  await apart(held.batchId)
  await markBatch(own.database, held.batchId, 'on_hold')
  await assert.rejects(release(held.batchId), { code: 'batch_not_issuable' })
})

test('what an undecided excursion set apart is not released beside its decision', async () => {
  const packId = await addPack(own.database)
  const receipt = await receiveStock(own.database, person, randomUUID(), {
    supplierName: 'Cold Wholesale',
    billNumber: randomUUID(),
    lines: [
      {
        medicineId: packId,
        batchNumber: 'COLD1',
        expiry: '2099-12',
        mrpPaise: 10_000,
        packs: 2,
        bin: 'ACT1',
      },
    ],
  })
  const fridge = randomUUID()
  await saveFridge(own.database, person, {
    id: fridge,
    name: 'Fridge',
    bin: 'ACT1',
    storageClass: 'cold',
    minTenths: 20,
    maxTenths: 80,
  })
  await recordReadings(own.database, person, {
    id: fridge,
    source: 'manual',
    readings: [{ at: new Date(Date.now() - 60_000).toISOString(), tenths: 120 }],
  })
  await assert.rejects(release(receipt.lines[0]!.id), { code: 'batch_not_issuable' })
})

test('a write-off leaves the books and is put back by a counter-movement, once', async () => {
  const { packId, batchId } = await stocked(3)
  await apart(batchId)
  await assert.rejects(writeOff(batchId, 31), { code: 'out_of_stock' })
  const gone = await writeOff(batchId, 20)
  assert.deepEqual([gone.units, gone.undoneAt], [20, null])
  assert.deepEqual(await shelfOf(own.database, packId), [{ state: 'quarantine', units: 10 }])
  const back = await undoWriteOff(own.database, person, { id: gone.id, reason: 'Wrong batch' })
  assert.ok(back.undoneAt)
  const again = undoWriteOff(own.database, person, { id: gone.id, reason: 'Wrong batch' })
  await assert.rejects(again, { code: 'write_off_undone' })
  const unknown = undoWriteOff(own.database, person, { id: randomUUID(), reason: 'None' })
  await assert.rejects(unknown, { code: 'not_found' })
  assert.deepEqual(await shelfOf(own.database, packId), [{ state: 'quarantine', units: 30 }])
  const [account] = await reconcileBatches(own.database.db, [batchId])
  assert.ok(isReconciled(account!))
  assert.equal((await findWriteOffs(own.database.reads, 1)).items[0]?.id, gone.id)
})

test('a transfer called back lies where it was taken from, and is received no more', async () => {
  const { packId, batchId } = await stocked(4)
  const here = (await defaultStore(own.database.db)).id
  const there = await saveStore(own.database, person, { id: randomUUID(), name: 'Second' })
  const { id } = await sendTransfer(own.database, person, randomUUID(), {
    fromStoreId: here,
    toStoreId: there.id,
    lines: [{ batchId, units: 30 }],
  })
  await cancelTransfer(own.database, person, { id, reason: 'Wrong store' })
  assert.deepEqual(await shelfOf(own.database, packId), [{ state: 'sellable', units: 40 }])
  assert.equal((await findTransfer(own.database.reads, id)).state, 'cancelled')
  const listed = async (state: 'sent' | 'cancelled') =>
    (await findTransfers(own.database.reads, state)).items.some(one => one.id === id)
  assert.deepEqual([await listed('sent'), await listed('cancelled')], [false, true])
  const lines = [{ batchId, goodUnits: 30 }]
  const received = receiveTransfer(own.database, person, randomUUID(), { id, lines })
  await assert.rejects(received, { code: 'transfer_state_forbids' })
  const again = cancelTransfer(own.database, person, { id, reason: 'Wrong store' })
  await assert.rejects(again, { code: 'transfer_state_forbids' })
  const unknown = cancelTransfer(own.database, person, { id: randomUUID(), reason: 'None' })
  await assert.rejects(unknown, { code: 'not_found' })
})

test('the ladder says what lies free and what lies apart, and nothing disagrees with the ledger', async () => {
  const packId = await addPack(own.database)
  const [batchId] = await addLots(own.database, [
    { packId, packs: 3, expiry: await monthFromToday(own.database, 40) },
  ])
  await apart(batchId!, 10)
  const ladder = await findExpiring(own.database.reads)
  const found = ladder.steps.flatMap(step => step.items).find(one => one.id === batchId)
  assert.deepEqual([found?.freeUnits, found?.apartUnits, found?.units], [20, 10, 30])
  const report = await reportDiscrepancies(own.database.reads)
  assert.deepEqual([report.items, report.unpaired], [[], 0])
})
