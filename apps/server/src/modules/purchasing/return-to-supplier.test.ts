import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { NewSupplierReturn } from '@janta/contracts'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { addPack, monthFromToday, shelfOf } from '#test/shelf-for-tests'
import { addSupplier, billLine, keeper, receive } from './buying-for-tests.ts'
import { findClaims } from './find-claims.ts'
import { findDebitNotes } from './find-debit-notes.ts'
import { debitFor } from './returnable.ts'
import { returnToSupplier } from './return-to-supplier.ts'

let own: TestDatabase
let supplierId: string
before(async () => {
  own = await testDatabase()
  supplierId = await addSupplier(own.database)
})
after(() => own.close())

async function bought(more: object = {}) {
  const pack = await addPack(own.database)
  const bill = await receive(own.database, {
    supplierId,
    lines: [billLine(pack, { freePacks: 1, goodPacks: 11, ...more })],
  })
  return { pack, batchId: bill.lines[0]!.batchId }
}

const giveBack = (
  lines: NewSupplierReturn['lines'],
  more: Partial<NewSupplierReturn> = {},
  key: string = randomUUID(),
) =>
  returnToSupplier(own.database, keeper, key, {
    supplierId,
    kind: 'wrong_supply',
    reason: 'Another strength came',
    lines,
    ...more,
  })

test('goods sent back in parts give the bill’s money to the paisa, free ones counted in', async () => {
  const { pack, batchId } = await bought()
  const notes = []
  for (const units of [33, 40, 37]) notes.push(await giveBack([{ batchId, units }]))
  assert.equal(
    notes.reduce((sum, note) => sum + note.taxablePaise, 0),
    100_000,
  )
  assert.equal(
    notes.reduce((sum, note) => sum + note.gstPaise, 0),
    5_000,
  )
  assert.equal(
    (await shelfOf(own.database, pack)).reduce((sum, one) => sum + one.units, 0),
    0,
  )
  await assert.rejects(giveBack([{ batchId, units: 1 }]), { code: 'return_too_much' })
})

test('numbers of a year follow each other without a gap, whoever is refused in between', async () => {
  const { batchId } = await bought()
  const key = randomUUID()
  const answers = await Promise.allSettled([
    giveBack([{ batchId, units: 10 }], {}, key),
    giveBack([{ batchId, units: 10 }], {}, key),
    giveBack([{ batchId, units: 20 }]),
    giveBack([{ batchId, units: 5_000 }]),
    giveBack([{ batchId, units: 30 }]),
  ])
  assert.equal(answers.filter(one => one.status === 'rejected').length, 1)
  const { items } = await findDebitNotes(own.database.reads, {})
  const numbers = items.map(note => Number(note.number.slice(-6))).sort((one, other) => one - other)
  assert.deepEqual(
    numbers,
    numbers.map((_, at) => at + 1),
  )
  assert.match(items[0]!.number, /^DN\/\d\d-\d\d\/\d{6}$/)
})

test('two at one time never send back more than came', async () => {
  const { batchId } = await bought()
  const tries = await Promise.allSettled(
    Array.from({ length: 4 }, () => giveBack([{ batchId, units: 60 }])),
  )
  assert.equal(tries.filter(one => one.status === 'fulfilled').length, 1)
})

test('a batch of another supplier, a batch twice and a stranger’s batch are refused', async () => {
  const { batchId } = await bought()
  const other = await addSupplier(own.database)
  const twice = [
    { batchId, units: 1 },
    { batchId, units: 1 },
  ]
  await assert.rejects(giveBack(twice), { code: 'return_invalid' })
  await assert.rejects(giveBack([{ batchId, units: 1 }], { supplierId: other }), {
    code: 'return_invalid',
  })
  await assert.rejects(giveBack([{ batchId: randomUUID(), units: 1 }]), { code: 'return_invalid' })
})

test('an expiry claim is open in the supplier’s days only, and the list says which and for how much', async () => {
  const expiry = await monthFromToday(own.database, 45)
  const near = await bought({ expiry, shortExpiryReason: 'Short stock everywhere' })
  const far = await bought()
  const claim = { kind: 'expiry_claim', reason: 'Near its expiry' } as const
  const { items } = await findClaims(own.database.reads)
  const listed = items.find(one => one.batchId === near.batchId)
  assert.deepEqual([listed?.window, listed?.units, listed?.valuePaise], ['open', 110, 100_000])
  assert.ok(!items.some(one => one.batchId === far.batchId))
  await assert.rejects(giveBack([{ batchId: far.batchId, units: 1 }], claim), {
    code: 'claim_window_closed',
  })
  const note = await giveBack([{ batchId: near.batchId, units: 110 }], claim)
  assert.deepEqual([note.totalPaise, note.lines[0]?.units], [105_000, 110])
})

test('short goods are not asked back: what never came is the supplier’s anyhow', () => {
  const batch = { expectedUnits: 110, returnedUnits: 0, taxablePaise: 100_000, gstPaise: 5_000 }
  assert.deepEqual(debitFor(batch, 55), { taxablePaise: 50_000, gstPaise: 2_500 })
})
