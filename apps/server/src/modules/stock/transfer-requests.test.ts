import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { transferRequestDays } from '@janta/contracts'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { addLots, addPack, personCaller, shelfOf } from '#test/shelf-for-tests'
import { askForTransfer } from './ask-for-transfer.ts'
import { checkLedger } from './check-ledger.ts'
import { declineTransferRequest } from './decline-transfer-request.ts'
import { findTransferRequest, findTransferRequests } from './find-transfer-requests.ts'
import { findTransfer } from './find-transfers.ts'
import { saveStore } from './save-store.ts'
import { sendRequested } from './send-requested.ts'
import { defaultStore } from './store.ts'
import { withdrawTransferRequest } from './withdraw-transfer-request.ts'

let own: TestDatabase
let [here, there] = ['', '']
const keeper = personCaller()
before(async () => {
  own = await testDatabase()
  here = (await defaultStore(own.database.db)).id
  there = (await saveStore(own.database, keeper, { id: randomUUID(), name: 'Second store' })).id
})
after(async () => {
  await checkLedger(own.database)
  await own.close()
})

const ask = (
  medicineId: string,
  units: number,
  key: string = randomUUID(),
  askingStoreId = there,
) =>
  askForTransfer(own.database, keeper, key, {
    askingStoreId,
    askedStoreId: here,
    medicineId,
    units,
    reason: 'Sold out here',
  })
const send = (id: string, units?: number, key: string = randomUUID()) =>
  sendRequested(own.database, keeper, key, units === undefined ? { id } : { id, units })
const seen = (id: string) => findTransferRequest(own.database.db, id)
const stocked = async () => {
  const packId = await addPack(own.database)
  const [late, soon] = await addLots(own.database, [
    { packId, packs: 5, expiry: '2099-12' },
    { packId, packs: 2, expiry: '2097-01' },
  ])
  return { packId, late: late!, soon: soon! }
}

test('what was asked for goes as a transfer, first to expire first and in whole packs, once', async () => {
  const { packId, late, soon } = await stocked()
  const key = randomUUID()
  const { id } = await ask(packId, 35, key)
  assert.deepEqual(await ask(packId, 35, key), { id })
  const open = (await findTransferRequests(own.database.db)).items.find(one => one.id === id)
  assert.deepEqual([open?.state, open?.units, open?.transferId], ['open', 35, null])
  assert.deepEqual(await shelfOf(own.database, packId), [{ state: 'sellable', units: 70 }])
  const answers = await Promise.allSettled([1, 2, 3].map(() => send(id)))
  const sent = answers.filter(one => one.status === 'fulfilled')
  assert.equal(sent.length, 1)
  const transfer = await findTransfer(own.database.db, sent[0]!.value.id)
  assert.deepEqual([transfer.fromStoreId, transfer.toStoreId], [here, there])
  assert.deepEqual(
    transfer.lines.map(line => [line.batchId, line.sentUnits]),
    [
      [soon, 20],
      [late, 20],
    ],
  )
  const over = await seen(id)
  assert.deepEqual([over.state, over.transferId], ['sent', transfer.id])
})

test('less may be sent, not more than was asked nor than lies free', async () => {
  const { packId } = await stocked()
  const { id } = await ask(packId, 100)
  await assert.rejects(send(id), { code: 'out_of_stock' })
  await assert.rejects(send(id, 101), { code: 'transfer_invalid' })
  assert.equal((await seen(id)).state, 'open')
  const transfer = await findTransfer(own.database.db, (await send(id, 10)).id)
  assert.deepEqual(
    transfer.lines.map(line => line.sentUnits),
    [10],
  )
})

test('declined with its reason, withdrawn, or run out by itself: nobody sends it any more', async () => {
  const { packId } = await stocked()
  const [declined, withdrawn, late] = await Promise.all([1, 2, 3].map(() => ask(packId, 10)))
  await declineTransferRequest(own.database, keeper, { id: declined!.id, reason: ' Needed here ' })
  await withdrawTransferRequest(own.database, keeper, withdrawn!.id)
  const no = await seen(declined!.id)
  assert.deepEqual([no.state, no.endReason], ['declined', 'Needed here'])
  assert.equal((await seen(withdrawn!.id)).state, 'withdrawn')
  await own.moveClock(`${transferRequestDays} days`)
  const states = (await Promise.all([declined, withdrawn, late].map(one => seen(one!.id)))).map(
    one => one.state,
  )
  for (const one of [declined, withdrawn, late]) {
    await assert.rejects(send(one!.id), { code: 'transfer_request_over' })
    await assert.rejects(withdrawTransferRequest(own.database, keeper, one!.id), {
      code: 'transfer_request_over',
    })
  }
  await own.moveClock('0')
  assert.deepEqual(states, ['declined', 'withdrawn', 'expired'])
  assert.deepEqual(await shelfOf(own.database, packId), [{ state: 'sellable', units: 70 }])
})

test('a store does not ask itself, nor for what does not exist', async () => {
  const { packId } = await stocked()
  await assert.rejects(ask(packId, 10, randomUUID(), here), { code: 'transfer_invalid' })
  await assert.rejects(ask(packId, 10, randomUUID(), randomUUID()), { code: 'not_found' })
  await assert.rejects(ask(randomUUID(), 10), { code: 'not_found' })
  await assert.rejects(send(randomUUID()), { code: 'not_found' })
})
