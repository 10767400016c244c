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
import { checkLedger } from './check-ledger.ts'
import { cutStrips } from './cut-strips.ts'
import { explainStock } from './explain-stock.ts'
import { findTransfer, findTransfers } from './find-transfers.ts'
import { blockBatches } from './block-batches.ts'
import { issueLoose } from './issue-loose.ts'
import { receiveTransfer } from './receive-transfer.ts'
import { isReconciled, reconcileBatches } from './reconcile-batches.ts'
import { saveStore } from './save-store.ts'
import { sendTransfer } from './send-transfer.ts'
import { setExpiredApart } from './set-expired-apart.ts'
import { defaultStore } from './store.ts'
import { returnToShelf } from './take-back.ts'

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

const send = (lines: { batchId: string; units: number }[], from = here, to = there) =>
  sendTransfer(own.database, keeper, randomUUID(), { fromStoreId: from, toStoreId: to, lines })
type Arrived = Parameters<typeof receiveTransfer>[3]['lines']
const receive = (id: string, lines: Arrived, key: string = randomUUID()) =>
  receiveTransfer(own.database, keeper, key, { id, lines })
const stocked = async (packs: number, expiry = '2099-12') => {
  const packId = await addPack(own.database)
  const [batchId] = await addLots(own.database, [{ packId, packs, expiry }])
  return { packId, batchId: batchId! }
}

test('what is on its way is sold by nobody, arrives with its shortage explained, and every unit is accounted for', async () => {
  const { packId, batchId } = await stocked(10)
  const { id } = await send([{ batchId, units: 100 }])
  assert.deepEqual(await shelfOf(own.database, packId), [{ state: 'in_transit', units: 100 }])
  assert.equal((await explainStock(own.database.reads, packId)).availablePacks, 0)
  const short = { batchId, goodUnits: 70, damagedUnits: 20, bin: 'S1' }
  await assert.rejects(receive(id, [short]), { code: 'reason_needed' })
  const [key, whole] = [randomUUID(), { ...short, shortageReason: 'lost' as const }]
  await receive(id, [whole], key)
  assert.deepEqual(await receive(id, [whole], key), { id })
  await assert.rejects(receive(id, [whole]), { code: 'transfer_state_forbids' })
  assert.deepEqual(await shelfOf(own.database, packId), [
    { state: 'damaged', units: 20 },
    { state: 'sellable', units: 70 },
  ])
  const [account] = await reconcileBatches(own.database.db, [batchId])
  assert.equal(account?.correctedUnits, 10)
  assert.ok(isReconciled(account!))
  const seen = await findTransfer(own.database.reads, id)
  assert.deepEqual([seen.state, seen.lines[0]?.shortageReason], ['received', 'lost'])
  assert.ok((await findTransfers(own.database.reads, 'sent')).items.every(one => one.id !== id))
})

test('recalled or expired on the way, it is set apart on arrival', async () => {
  const recalled = await stocked(1)
  const ageing = await stocked(1, await monthFromToday(own.database, 20))
  const { id } = await send([recalled, ageing].map(({ batchId }) => ({ batchId, units: 10 })))
  await inTransaction(own.database, keeper, tx =>
    blockBatches(tx, keeper, [recalled.batchId], { kind: 'recall', id: randomUUID() }),
  )
  await own.moveClock('60 days')
  await setExpiredApart(own.database)
  assert.ok((await findTransfer(own.database.reads, id)).lines.every(line => !line.mayBeSold))
  await receive(
    id,
    [recalled, ageing].map(({ batchId }) => ({ batchId, goodUnits: 10 })),
  )
  await own.moveClock('0')
  assert.deepEqual(await shelfOf(own.database, ageing.packId), [{ state: 'expired', units: 10 }])
  assert.deepEqual(await shelfOf(own.database, recalled.packId), [{ state: 'recalled', units: 10 }])
})

test('more than lies free, more than was sent, another batch, or one store twice is refused and moves nothing', async () => {
  const { batchId } = await stocked(2)
  await assert.rejects(send([{ batchId, units: 21 }]), { code: 'out_of_stock' })
  await assert.rejects(send([{ batchId, units: 1 }], here, here), { code: 'transfer_invalid' })
  await assert.rejects(send([1, 2].map(units => ({ batchId, units }))), {
    code: 'transfer_invalid',
  })
  await assert.rejects(send([{ batchId, units: 1 }], here, randomUUID()), { code: 'not_found' })
  await assert.rejects(send([{ batchId: randomUUID(), units: 1 }]), { code: 'not_found' })
  const { id } = await send([{ batchId, units: 20 }])
  await assert.rejects(receive(id, [{ batchId, goodUnits: 21 }]), { code: 'transfer_invalid' })
  const other = (await stocked(1)).batchId
  await assert.rejects(receive(id, [{ batchId: other, goodUnits: 20 }]), {
    code: 'transfer_invalid',
  })
  const blocked = await stocked(1)
  await markBatch(own.database, blocked.batchId, 'on_hold')
  await assert.rejects(send([{ batchId: blocked.batchId, units: 1 }]), {
    code: 'batch_not_issuable',
  })
  const answers = await Promise.allSettled(
    [1, 2, 3].map(() => receive(id, [{ batchId, goodUnits: 20 }])),
  )
  assert.equal(answers.filter(one => one.status === 'fulfilled').length, 1)
})

test('tablets leave with the batch and expiry of their strip, whole strips first; what never left comes back cut', async () => {
  const packId = await addPack(own.database)
  const [soon] = await addLots(own.database, [
    { packId, packs: 2, expiry: '2097-01', batchNumber: 'SOON' },
    { packId, packs: 5, expiry: '2098-01' },
  ])
  const causeId = randomUUID()
  const sell = (units: number, cause = causeId) =>
    inTransaction(own.database, keeper, tx =>
      issueLoose(tx, keeper, { storeId: here, causeId: cause, packId, units }),
    )
  const given = await sell(13)
  assert.deepEqual(
    given.map(one => [one.batchNumber, one.expiry, one.units]),
    [['SOON', '2097-01', 13]],
  )
  assert.deepEqual(await shelfOf(own.database, packId), [
    { state: 'loose', units: 7 },
    { state: 'sellable', units: 50 },
  ])
  assert.equal((await explainStock(own.database.reads, packId)).availablePacks, 5)
  await assert.rejects(sell(58, randomUUID()), { code: 'out_of_stock' })
  await inTransaction(own.database, keeper, tx => returnToShelf(tx, keeper, causeId))
  assert.deepEqual(await shelfOf(own.database, packId), [
    { state: 'loose', units: 10 },
    { state: 'sellable', units: 60 },
  ])
  const cut = await cutStrips(own.database, keeper, randomUUID(), { id: soon!, packs: 1 })
  assert.equal(cut.looseUnits, 20)
  const more = cutStrips(own.database, keeper, randomUUID(), { id: soon!, packs: 1 })
  await assert.rejects(more, { code: 'out_of_stock' })
})
