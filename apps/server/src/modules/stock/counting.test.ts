import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { addLots, addPack, personCaller } from '#test/shelf-for-tests'
import { closeCount } from './close-count.ts'
import { decideCount } from './decide-count.ts'
import { findAvailability } from './find-availability.ts'
import { findCount } from './find-count.ts'
import { findCounts } from './find-counts.ts'
import { issueReserved } from './issue-reserved.ts'
import { openCount } from './open-count.ts'
import { recordCount } from './record-count.ts'
import { reserve } from './reserve.ts'
import { defaultStore } from './store.ts'

let own: TestDatabase
let storeId: string
const [counter, approver] = [personCaller(), personCaller()]
before(async () => {
  own = await testDatabase()
  storeId = (await defaultStore(own.database.db)).id
})
after(() => own.close())

const begin = (isBlind = false) =>
  openCount(own.database, counter, randomUUID(), { kind: 'full', isBlind })
const place = (batchId: string) => ({ batchId, state: 'sellable' as const, bin: '' })
const free = async (packId: string) =>
  (await findAvailability(own.database.reads, [packId])).get(packId)?.availablePacks
const hold = (packId: string, packs: number, causeId: string = randomUUID()) =>
  inTransaction(own.database, counter, tx =>
    reserve(tx, counter, { storeId, causeId, lines: [{ packId, packs }], holdHours: 1 }),
  )
async function sell(packId: string, batchId: string, packs: number) {
  const causeId = randomUUID()
  await hold(packId, packs, causeId)
  await inTransaction(own.database, counter, tx =>
    issueReserved(tx, counter, { causeId, picks: [{ packId, batchId, packs }] }),
  )
}
const counted = (countId: string, batchId: string, units: number) =>
  recordCount(own.database, counter, { countId, ...place(batchId), units, reason: 'lost' })

test('a number is compared with the ledger of its moment, so sales before and after disturb nothing', async () => {
  const packId = await addPack(own.database)
  const [batchId] = await addLots(own.database, [{ packId, packs: 10 }])
  const { id } = await begin()
  await sell(packId, batchId!, 2)
  const line = await counted(id, batchId!, 70)
  assert.equal(line.varianceUnits, -10)
  await sell(packId, batchId!, 3)
  assert.equal(await free(packId), 5, 'a difference nobody approved moved the ledger')
  const done = await decideCount(own.database, approver, { id: line.id, approve: true })
  assert.equal(done.correctedUnits, -10)
  assert.equal(await free(packId), 4)
  await assert.rejects(decideCount(own.database, approver, { id: line.id, approve: true }), {
    code: 'count_decided',
  })
})

test('whoever counted may not approve, a difference needs a reason, and a rejected one moves nothing', async () => {
  const packId = await addPack(own.database)
  const [batchId] = await addLots(own.database, [{ packId, packs: 2 }])
  const { id } = await begin()
  await assert.rejects(
    recordCount(own.database, counter, { countId: id, ...place(batchId!), units: 3 }),
    { code: 'reason_needed' },
  )
  const line = await counted(id, batchId!, 30)
  await assert.rejects(decideCount(own.database, counter, { id: line.id, approve: true }), {
    code: 'own_count',
  })
  await decideCount(own.database, approver, { id: line.id, approve: false })
  assert.equal(await free(packId), 2)
})

test('what is promised to orders is not counted away', async () => {
  const packId = await addPack(own.database)
  const [batchId] = await addLots(own.database, [{ packId, packs: 3 }])
  const { id } = await begin()
  const line = await counted(id, batchId!, 10)
  await hold(packId, 2)
  await assert.rejects(decideCount(own.database, approver, { id: line.id, approve: true }), {
    code: 'count_below_promised',
  })
  assert.equal(await free(packId), 1)
})

test('a blind sheet hides what the ledger says, and a number counted again replaces the first', async () => {
  const packId = await addPack(own.database)
  const [batchId] = await addLots(own.database, [{ packId, packs: 4 }])
  const { id } = await begin(true)
  const first = await counted(id, batchId!, 10)
  await recordCount(own.database, counter, { countId: id, ...place(batchId!), units: 40 })
  await assert.rejects(decideCount(own.database, approver, { id: first.id, approve: true }), {
    code: 'count_decided',
  })
  const sheet = await findCount(own.database.reads, id, {})
  const line = sheet.lines.find(one => one.batchId === batchId)
  assert.equal(line?.expectedUnits, null)
  assert.deepEqual([line?.counted?.units, line?.counted?.decision], [40, 'none_needed'])
  await assert.rejects(findCount(own.database.reads, randomUUID(), {}), {
    code: 'not_found',
  })
})

test('a count of one medicine is left, taken up again and ended, but not while a difference waits', async () => {
  const packId = await addPack(own.database)
  const lots = await addLots(own.database, [
    { packId, packs: 4 },
    { packId, packs: 5 },
  ])
  const { id } = await openCount(own.database, counter, randomUUID(), {
    kind: 'cycle',
    isBlind: false,
    medicineId: packId,
  })
  const line = await counted(id, lots[0]!, 39)
  const left = (await findCounts(own.database.reads, 50)).items.find(one => one.id === id)
  assert.deepEqual([left?.places, left?.countedPlaces, left?.waiting], [2, 1, 1])
  const seen = (show: 'to_count' | 'waiting') => findCount(own.database.reads, id, { show })
  assert.deepEqual(
    (await seen('to_count')).lines.map(one => one.batchId),
    [lots[1]],
  )
  assert.deepEqual(
    (await seen('waiting')).lines.map(one => one.batchId),
    [lots[0]],
  )
  await assert.rejects(closeCount(own.database, counter, id), { code: 'count_undecided' })
  await decideCount(own.database, approver, { id: line.id, approve: true })
  const done = await closeCount(own.database, counter, id)
  assert.deepEqual([done.places, done.countedPlaces, done.waiting], [2, 1, 0])
  await assert.rejects(closeCount(own.database, counter, id), { code: 'count_closed' })
  await assert.rejects(counted(id, lots[1]!, 50), { code: 'count_closed' })
})
