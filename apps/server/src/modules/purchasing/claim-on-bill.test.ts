import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { NewBillClaim } from '@janta/contracts'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { addPack, shelfOf } from '#test/shelf-for-tests'
import { addSupplier, billLine, keeper, receive } from './buying-for-tests.ts'
import { checkBill } from './check-bill.ts'
import { claimOnBill } from './claim-on-bill.ts'
import { returnToSupplier } from './return-to-supplier.ts'

let own: TestDatabase
let supplierId: string
before(async () => {
  own = await testDatabase()
  supplierId = await addSupplier(own.database)
})
after(() => own.close())

async function bought(more: object = {}, printedTotalPaise = 105_000) {
  const pack = await addPack(own.database)
  const lines = [billLine(pack, more)]
  const bill = await receive(own.database, { supplierId, lines, printedTotalPaise })
  return { pack, billId: bill.id, batchId: bill.lines[0]!.batchId }
}

const claim = (
  billId: string,
  kind: NewBillClaim['kind'],
  lines: NewBillClaim['lines'],
  key: string = randomUUID(),
) => claimOnBill(own.database, keeper, key, { billId, kind, reason: 'Counted at the table', lines })

const sendBack = (batchId: string, units: number) =>
  returnToSupplier(own.database, keeper, randomUUID(), {
    supplierId,
    kind: 'wrong_supply',
    reason: 'Another strength came',
    lines: [{ batchId, units }],
  })

test('packs that never came are asked back once, and with what went back they make the line to the paisa', async () => {
  const { pack, billId, batchId } = await bought({ goodPacks: 7 })
  const shelf = await shelfOf(own.database, pack)
  const key = randomUUID()
  const [first, repeated] = [
    await claim(billId, 'shortage', [{ batchId, packs: 2 }], key),
    await claim(billId, 'shortage', [{ batchId, packs: 2 }], key),
  ]
  assert.equal(repeated.number, first.number)
  assert.deepEqual([first.kind, first.taxablePaise, first.gstPaise], ['shortage', 20_000, 1_000])
  assert.deepEqual(await shelfOf(own.database, pack), shelf, 'no goods move')
  await assert.rejects(claim(billId, 'shortage', [{ batchId, packs: 2 }]), {
    code: 'claim_too_much',
  })
  const notes = [
    first,
    await claim(billId, 'shortage', [{ batchId, packs: 1 }]),
    await sendBack(batchId, 70),
  ]
  assert.equal(
    notes.reduce((sum, note) => sum + note.totalPaise, 0),
    105_000,
  )
})

test('two claims on one line at one time ask for it once, though nothing of it ever lay here', async () => {
  const { billId, batchId } = await bought({ goodPacks: 0 })
  const tries = await Promise.allSettled(
    Array.from({ length: 4 }, () => claim(billId, 'shortage', [{ batchId, packs: 10 }])),
  )
  assert.equal(tries.filter(one => one.status === 'fulfilled').length, 1)
})

test('a rate above the one agreed is asked back over every pack billed, and goods then go back at the lower one', async () => {
  const { billId, batchId } = await bought({ discountBasisPoints: 1_000 }, 94_500)
  const note = await claim(billId, 'rate_difference', [{ batchId, agreedRatePaise: 9_500 }])
  assert.deepEqual([note.taxablePaise, note.gstPaise], [4_500, 225])
  await assert.rejects(claim(billId, 'rate_difference', [{ batchId, agreedRatePaise: 9_000 }]), {
    code: 'claim_too_much',
  })
  assert.equal((await sendBack(batchId, 100)).taxablePaise, 90_000 - 4_500)
})

test('a claim that is not the bill’s, says too little or asks for nothing is refused at its line', async () => {
  const { billId, batchId } = await bought()
  const other = await bought({ goodPacks: 5 })
  const shortOf = (one: string) => claim(billId, 'shortage', [{ batchId: one, packs: 1 }])
  await assert.rejects(shortOf(other.batchId), { code: 'claim_invalid' })
  await assert.rejects(claim(billId, 'shortage', [{ batchId }]), { code: 'claim_invalid' })
  await assert.rejects(shortOf(batchId), { code: 'claim_too_much' })
  await assert.rejects(claim(billId, 'rate_difference', [{ batchId, agreedRatePaise: 10_000 }]), {
    code: 'claim_too_much',
  })
  await assert.rejects(claim(randomUUID(), 'shortage', [{ batchId, packs: 1 }]), {
    code: 'not_found',
  })
})

test('a bill is shown beside the purchase before it: MRP, landed cost of a unit and day', async () => {
  const { pack } = await bought()
  const check = await checkBill(own.database.reads, {
    supplierId,
    billNumber: randomUUID(),
    billDate: '2026-01-05',
    printedTotalPaise: 1,
    lines: [billLine(pack, { mrpPaise: 16_000, ratePaise: 11_000 })],
  })
  const [line] = check.lines
  assert.deepEqual([line?.previousMrpPaise, line?.lastUnitPaise], [15_000, 1_000])
  assert.match(line?.lastBoughtOn ?? '', /^\d{4}-\d\d-\d\d$/)
  assert.deepEqual(line?.flags, ['mrp_changed', 'price_above_last'])
})
