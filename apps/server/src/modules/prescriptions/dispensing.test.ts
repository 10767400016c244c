import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type Caller, systemCaller } from '#kernel/caller'
import { addDays, type Day } from '#kernel/day'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import {
  addPharmacist,
  addPrescriptionPack,
  defaultStoreId,
  openFor,
  type Opened,
  paperOf,
  putOnDuty,
  todayIn,
} from '#test/rx-desk-for-tests'
import { findDecidedReviews } from './find-decided-reviews.ts'
import { findReview } from './find-review.ts'
import { findReviews } from './find-reviews.ts'
import { holdForDispensing } from './hold-for-dispensing.ts'
import { giveBack, recordDispensed } from './record-dispensed.ts'
import { revokePrescription } from './revoke-prescription.ts'
import { settle } from './review-for-tests.ts'
import { withdrawReview } from './withdraw-review.ts'

let own: TestDatabase
let pharmacist: Caller
let today: Day
let storeId: string
let packId: string
before(async () => {
  own = await testDatabase()
  pharmacist = await addPharmacist(own.database)
  today = await todayIn(own.database)
  storeId = await defaultStoreId(own.database)
  packId = await addPrescriptionPack(own.database)
})
after(() => own.close())

const system = systemCaller('test')
const monthly = {
  repeat: { authority: 'times', times: 3, intervalDays: 30 },
} as const

/** Holds and supplies units of the first line, as the pharmacist's sign-off does. */
function supply(
  order: Pick<Opened, 'orderId'>,
  units: number,
  on = today,
  dispensingId = randomUUID(),
) {
  return inTransaction(own.database, system, async tx => {
    const { orderId } = order
    const lines = [{ line: 1, packId, units }]
    const [coverage] = await holdForDispensing(tx, { orderId, storeId, on, lines })
    const { prescriptionItemId } = coverage!
    await recordDispensed(tx, system, {
      orderId,
      on,
      items: [{ prescriptionItemId, units, dispensingId }],
    })
    return { ...coverage!, dispensingId }
  })
}

async function approved(
  packs: number,
  item: Parameters<typeof paperOf>[3] = {},
  lane: 'delivery' | 'pickup' = 'delivery',
) {
  const order = await openFor(own.database, [{ packId, packs }], { lane })
  const paper = paperOf(today, [packId], {}, item)
  const review = await settle(own.database, pharmacist, order.reviewId, { prescriptions: [paper] })
  return {
    ...order,
    paper,
    itemId: review.prescriptions[0]!.items[0]!.id,
    prescriptionId: review.prescriptions[0]!.id,
  }
}

/** The same person orders again on an item approved before. */
async function again(first: Awaited<ReturnType<typeof approved>>, packs: number) {
  const next = await openFor(own.database, [{ packId, packs }], {
    personId: first.personId,
    uploadIds: [],
    lane: 'pickup',
  })
  const line = {
    line: 1,
    verdict: 'approved',
    packs,
    code: null,
    note: null,
    item: { itemId: first.itemId },
  } as const
  await settle(own.database, pharmacist, next.reviewId, { prescriptions: [], lines: [line] })
  return next
}

test('an approved line is covered with what the register copies, and is used up by its supply', async () => {
  const order = await approved(6)
  const found = (await findReviews(own.database.db, [order.orderId])).get(order.orderId)
  assert.deepEqual(
    [found?.state, found?.lines[0]?.verdict, found?.lines[0]?.approvedPacks],
    ['decided', 'approved', 6],
  )
  const coverage = await supply(order, 60)
  assert.deepEqual(
    [coverage.patientName, coverage.prescriberName, coverage.issuedOn, coverage.schemes],
    ['Sunita Sample', order.paper.prescriber.name, today, ['H']],
  )
  assert.match(coverage.pharmacistRegistration, /^T-/)
  await assert.rejects(supply(order, 10), { code: 'prescription_used_up' })
})

test('nothing is held before the pharmacist approved it, nor above what she did', async () => {
  const order = await openFor(own.database, [{ packId, packs: 6 }])
  await assert.rejects(supply(order, 10), { code: 'prescription_not_approved' })
  const fewer = {
    line: 1,
    verdict: 'reduced',
    packs: 2,
    code: 'qty_exceeds',
    note: null,
    item: { prescription: 0, item: 0 },
  } as const
  await settle(own.database, pharmacist, order.reviewId, {
    prescriptions: [paperOf(today, [packId])],
    lines: [fewer],
  })
  await assert.rejects(supply(order, 30), { code: 'quantity_above_prescribed' })
  await supply(order, 10)
  await supply(order, 10)
  await assert.rejects(supply(order, 10), { code: 'quantity_above_prescribed' })
})

test('the worked example of repeats: days 0, 30 and 60, too early on day 26, nothing on day 90', async () => {
  const first = await approved(6, monthly, 'pickup')
  await supply(first, 60, today)
  const onDay = async (after: number, wrong?: number) => {
    await own.moveClock(`${after} days`)
    await putOnDuty(own.database, pharmacist.personId!)
    const next = await again(first, 6)
    if (wrong !== undefined) {
      await assert.rejects(supply(next, 60, addDays(today, wrong)), { code: 'repeat_too_early' })
    }
    await supply(next, 60, addDays(today, after))
  }
  await onDay(30, 26)
  await onDay(60, 59)
  await assert.rejects(onDay(90), { code: 'prescription_not_valid' })
  await own.moveClock('0')
  await putOnDuty(own.database, pharmacist.personId!)
})

test('what is given back can be supplied again, but an occasion is not given back', async () => {
  const order = await approved(6, monthly)
  const { dispensingId } = await supply(order, 60)
  const back = (units: number) =>
    inTransaction(own.database, system, tx =>
      giveBack(tx, system, { dispensingId, units, on: today }),
    )
  await back(20)
  await assert.rejects(back(41), { code: 'return_exceeds_sale' })
  await supply(order, 20)
  await assert.rejects(supply(order, 10), { code: 'prescription_used_up' })
  const once = await approved(6)
  const gone = await supply(once, 60)
  await inTransaction(own.database, system, tx =>
    giveBack(tx, system, { dispensingId: gone.dispensingId, units: 60, on: today }),
  )
  const { reviewId } = await openFor(own.database, [{ packId, packs: 6 }], {
    personId: once.personId,
    uploadIds: [],
  })
  const line = {
    line: 1,
    verdict: 'approved',
    packs: 6,
    code: null,
    note: null,
    item: { itemId: once.itemId },
  } as const
  await assert.rejects(
    settle(own.database, pharmacist, reviewId, { prescriptions: [], lines: [line] }),
    (error: { code: string; fields: { message: string }[] }) =>
      error.code === 'prescription_not_valid' && error.fields[0]?.message === 'already_dispensed',
  )
})

test('a dispensing is counted once however often it is told, and two at once never exceed what is left', async () => {
  const order = await approved(6)
  const dispensingId = randomUUID()
  const { prescriptionItemId } = await supply(order, 20, today, dispensingId)
  await inTransaction(own.database, system, tx =>
    recordDispensed(tx, system, {
      orderId: order.orderId,
      on: today,
      items: [{ prescriptionItemId, units: 20, dispensingId }],
    }),
  )
  const tries = await Promise.allSettled([supply(order, 30), supply(order, 30), supply(order, 30)])
  assert.equal(tries.filter(one => one.status === 'fulfilled').length, 1)
  const { rows } = await sql<{ units: number }>`
    select sum(units)::integer as units from prescriptions.item_use where order_id = ${order.orderId}`.execute(
    own.database.db,
  )
  assert.equal(rows[0]!.units, 50)
})

test('after the first supply nothing changes: a mistake is revoked, read anew, and what was supplied counts', async () => {
  const order = await approved(6)
  await supply(order, 30)
  await assert.rejects(
    sql`update prescriptions.prescription set revoke_reason = null, approved_at = kernel.now(), state = 'approved'
      where id = ${order.prescriptionId}`.execute(own.database.db),
    { code: '42501' },
  )
  const { reviewId } = await revokePrescription(own.database, pharmacist, {
    id: order.prescriptionId,
    reason: 'The date was misread',
  })
  assert.equal(reviewId, order.reviewId)
  const reopened = await findReview(own.database.db, pharmacist, reviewId)
  assert.deepEqual(
    reopened.revoked.map(one => [one.id, one.revokeReason, one.items[0]?.id]),
    [[order.prescriptionId, 'The date was misread', order.itemId]],
    'the desk is given what it mends',
  )
  await assert.rejects(supply(order, 10), { code: 'prescription_revoked' })
  await assert.rejects(
    revokePrescription(own.database, pharmacist, { id: order.prescriptionId, reason: 'Again' }),
    { code: 'prescription_revoked' },
  )
  const anew = paperOf(
    today,
    [packId],
    { replacesId: order.prescriptionId },
    { replacesItemId: order.itemId },
  )
  await settle(own.database, pharmacist, reviewId, { prescriptions: [anew] })
  const storeId = await defaultStoreId(own.database)
  const decided = await findDecidedReviews(own.database.db, storeId, null)
  assert.deepEqual(
    decided
      .find(one => one.id === reviewId)
      ?.prescriptions.map(one => [one.state, one.isSupplied, one.revokeReason]),
    [
      ['revoked', true, 'The date was misread'],
      ['approved', false, null],
    ],
  )
  assert.deepEqual(await findDecidedReviews(own.database.db, storeId, 'JP-0'), [])
  await assert.rejects(supply(order, 40), { code: 'quantity_above_prescribed' })
  await supply(order, 30)
  await assert.rejects(supply(order, 10), { code: 'prescription_used_up' })
})

test('a cancelled order leaves the desk, and what was approved may serve another of the same person', async () => {
  const order = await approved(2, monthly)
  await inTransaction(own.database, system, tx => withdrawReview(tx, system, order.orderId))
  await assert.rejects(supply(order, 10), { code: 'prescription_not_approved' })
  const next = await again(order, 2)
  await supply(next, 20)
  const states = await findReviews(own.database.db, [order.orderId, next.orderId, randomUUID()])
  assert.deepEqual([...states.values()].map(one => one.state).sort(), ['decided', 'withdrawn'])
})

test('a prescription is not supplied from after its window', async () => {
  const order = await approved(6, monthly)
  await assert.rejects(supply(order, 60, addDays(today, 31)), { code: 'prescription_expired' })
  await assert.rejects(supply(order, 60, addDays(today, -1)), { code: 'prescription_expired' })
  await supply(order, 60, addDays(today, 30))
})
