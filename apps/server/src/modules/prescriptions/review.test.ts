import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Worksheet } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { addDays, type Day } from '#kernel/day'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { personCaller } from '#test/shelf-for-tests'
import {
  addPharmacist,
  addPrescriptionPack,
  addReadyUpload,
  openFor,
  paperOf,
  todayIn,
} from '#test/rx-desk-for-tests'
import { claimReview } from './claim-review.ts'
import { decideReview } from './decide-review.ts'
import { findReview } from './find-review.ts'
import { findReviews } from './find-reviews.ts'
import { releaseReview } from './release-review.ts'
import { approvals, saveFor, settle } from './review-for-tests.ts'
import { saveReview } from './save-review.ts'

let own: TestDatabase
let one: Caller
let other: Caller
let today: Day
let packId: string
let secondId: string
before(async () => {
  own = await testDatabase()
  one = await addPharmacist(own.database)
  other = await addPharmacist(own.database)
  today = await todayIn(own.database)
  packId = await addPrescriptionPack(own.database)
  secondId = await addPrescriptionPack(own.database)
})
after(() => own.close())

const open = (packs = 6, more: Parameters<typeof openFor>[2] = {}) =>
  openFor(own.database, [{ packId, packs }], more)
const claim = (caller: Caller, id: string, takeOver = false) =>
  claimReview(own.database, caller, { id, takeOver })
const stateOf = async (orderId: string) =>
  (await findReviews(own.database.db, [orderId])).get(orderId)?.state
/** The obstacles of a saved worksheet, as `field or line: code`. */
const obstaclesAfter = async (id: string, worksheet: Parameters<typeof saveFor>[3]) => {
  const { obstacles } = await saveFor(own.database, one, id, worksheet)
  return obstacles.map(({ line, field, code }) => `${line ?? field}: ${code}`)
}

test('one order is one review, opened only on the customer’s own files', async () => {
  const personId = randomUUID()
  const orderId = randomUUID()
  const uploadIds = [await addReadyUpload(own.database, personId)]
  const first = await open(1, { personId, orderId, uploadIds })
  const second = await open(1, { personId, orderId, uploadIds })
  assert.equal(first.reviewId, second.reviewId)
  await assert.rejects(open(1, { personId: randomUUID(), uploadIds }), { code: 'not_found' })
  await assert.rejects(open(1, { uploadIds: [] }), { code: 'prescription_needed' })
  await assert.rejects(open(1, { patientId: randomUUID() }), { code: 'not_found' })
})

test('two pharmacists never work on one prescription: a claim holds, lapses, and can be taken over', async () => {
  const { reviewId, orderId } = await open()
  const tries = await Promise.allSettled([claim(one, reviewId), claim(other, reviewId)])
  assert.equal(tries.filter(done => done.status === 'fulfilled').length, 1)
  const [holder, waiting] = tries[0]!.status === 'fulfilled' ? [one, other] : [other, one]
  assert.equal(await stateOf(orderId), 'in_review')
  await claim(holder!, reviewId)
  const { version } = await findReview(own.database.db, holder!, reviewId)
  const worksheet = { id: reviewId, version, prescriptions: [], lines: [] }
  await assert.rejects(saveReview(own.database, waiting!, worksheet), { code: 'review_claimed' })
  await claim(waiting!, reviewId, true)
  await assert.rejects(saveReview(own.database, holder!, worksheet), { code: 'review_claimed' })
  await own.moveClock('16 minutes')
  assert.equal(await stateOf(orderId), 'waiting')
  await claim(holder!, reviewId)
  await releaseReview(own.database, waiting!, reviewId)
  assert.equal(await stateOf(orderId), 'in_review')
  await releaseReview(own.database, holder!, reviewId)
  assert.equal(await stateOf(orderId), 'waiting')
  await own.moveClock('0')
})

test('a worksheet written over another is noticed, and one that cannot be is refused by field', async () => {
  const { reviewId } = await open(6)
  await claim(one, reviewId)
  const write = (more: Partial<Worksheet>) =>
    saveReview(own.database, one, {
      id: reviewId,
      version: 1,
      prescriptions: [],
      lines: [],
      ...more,
    })
  const line = {
    line: 1,
    verdict: 'approved',
    packs: 6,
    code: null,
    note: null,
    item: null,
  } as const
  const wrong: [Partial<Worksheet>, RegExp][] = [
    [{ prescriptions: [paperOf('2026-02-31', [packId])] }, /no such day/],
    [{ lines: [{ ...line, line: 9 }] }, /no such line/],
    [{ lines: [line, line] }, /named twice/],
    [{ lines: [{ ...line, packs: 7 }] }, /6 at most/],
    [{ lines: [{ ...line, packs: 2 }] }, /reduction/],
    [{ lines: [{ ...line, verdict: 'refused', packs: null }] }, /why/],
    [{ lines: [{ ...line, item: { prescription: 0, item: 0 } }] }, /no such item/],
    [
      {
        prescriptions: [
          paperOf(
            today,
            [packId],
            {},
            { repeat: { authority: 'times', times: null, intervalDays: 30 } },
          ),
        ],
      },
      /how many times/,
    ],
  ]
  for (const [more, message] of wrong) {
    await assert.rejects(
      write(more),
      (error: { code: string; fields: { message: string }[] }) =>
        error.code === 'worksheet_invalid' && message.test(error.fields[0]?.message ?? ''),
      String(message),
    )
  }
  await assert.rejects(write({ lines: [{ ...line, item: { itemId: randomUUID() } }] }), {
    code: 'worksheet_invalid',
  })
  await assert.rejects(write({ prescriptions: [paperOf(today, [randomUUID()])] }), {
    code: 'worksheet_invalid',
  })
  await write({ lines: [line] })
  await assert.rejects(write({ lines: [line] }), { code: 'review_changed' })
})

test('what stands in the way of an approval is said by paper and by line', async () => {
  const cases: [Parameters<typeof paperOf>[2], Parameters<typeof paperOf>[3], string[]][] = [
    [{}, {}, []],
    [{ hasSignature: false }, {}, ['hasSignature: no_signature']],
    [{ issuedOn: null }, {}, ['issuedOn: no_date']],
    [{ issuedOn: addDays(today, 1) }, {}, ['1: future_date']],
    [{ issuedOn: addDays(today, -31) }, {}, ['1: expired_window']],
    [{ issuedOn: addDays(today, -8), course: 'acute' }, {}, ['1: expired_window']],
    [{ issuedOn: addDays(today, -30) }, {}, []],
    [{}, { medicineId: null }, ['1: medicine_not_matched']],
    [{}, { medicineId: secondId }, ['1: strength_mismatch']],
    [{}, { directions: null }, ['1: quantity_missing']],
    [{}, { writtenUnits: 59 }, ['1: qty_exceeds']],
    [{}, { writtenUnits: 55, isSmallestPack: true }, []],
    [
      { tele: { mode: 'audio', consultation: 'first', hasConsent: true } },
      { teleList: 'A' },
      ['1: tele_list_violation'],
    ],
    [{ tele: { mode: 'video', consultation: 'first', hasConsent: true } }, { teleList: 'A' }, []],
  ]
  const { reviewId } = await open(6)
  for (const [more, item, expected] of cases) {
    const prescriptions = [paperOf(today, [packId], more, item)]
    assert.deepEqual(await obstaclesAfter(reviewId, { prescriptions }), expected, expected[0])
  }
  assert.deepEqual(await obstaclesAfter(reviewId, { prescriptions: [], lines: [] }), [
    '1: item_missing',
  ])
})

test('only a registered pharmacist on duty settles, and nothing is settled with an obstacle left', async () => {
  const { reviewId, orderId } = await open(6)
  const idle = await addPharmacist(own.database, { isOnDuty: false })
  const clerk = personCaller()
  const prescriptions = [paperOf(today, [packId])]
  for (const [caller, code] of [
    [idle, 'pharmacist_not_on_duty'],
    [clerk, 'pharmacist_not_registered'],
  ] as const) {
    await assert.rejects(settle(own.database, caller, reviewId, { prescriptions }), { code })
    await releaseReview(own.database, caller, reviewId)
  }
  const unsigned = [paperOf(today, [packId], { hasSignature: false })]
  await assert.rejects(settle(own.database, one, reviewId, { prescriptions: unsigned }), {
    code: 'prescription_not_valid',
  })
  assert.equal(await stateOf(orderId), 'in_review')
  const settled = await settle(own.database, one, reviewId, { prescriptions })
  assert.equal(settled.state, 'decided')
  assert.deepEqual(
    [settled.prescriptions[0]?.state, settled.prescriptions[0]?.pharmacistName?.slice(0, 9)],
    ['approved', 'P. Sample'],
  )
  await assert.rejects(claim(one, reviewId), { code: 'review_state_forbids' })
})

test('a line is refused with its reason, and the rest of the order goes on', async () => {
  const order = await openFor(own.database, [
    { packId, packs: 6 },
    { packId: secondId, packs: 1 },
  ])
  const refused = {
    line: 2,
    verdict: 'refused',
    packs: null,
    code: 'drug_not_on_rx',
    note: null,
    item: null,
  } as const
  const paper = paperOf(today, [packId])
  const [first] = approvals(await findReview(own.database.db, one, order.reviewId))
  await settle(own.database, one, order.reviewId, {
    prescriptions: [paper],
    lines: [first!, refused],
  })
  const found = (await findReviews(own.database.db, [order.orderId])).get(order.orderId)
  assert.deepEqual(
    found?.lines.map(line => [line.verdict, line.approvedPacks, line.code]),
    [
      ['approved', 6, null],
      ['refused', null, 'drug_not_on_rx'],
    ],
  )
})

test('two prescriptions carry one order, each line on its own', async () => {
  const order = await openFor(own.database, [
    { packId, packs: 6 },
    { packId: secondId, packs: 6 },
  ])
  const prescriptions = [paperOf(today, [packId]), paperOf(today, [secondId])]
  const lines = approvals(await findReview(own.database.db, one, order.reviewId)).map(
    (line, prescription) => ({ ...line, item: { prescription, item: 0 } }),
  )
  const settled = await settle(own.database, one, order.reviewId, { prescriptions, lines })
  assert.deepEqual(
    settled.prescriptions.map(paper => paper.state),
    ['approved', 'approved'],
  )
})

test('the same paper from two accounts is approved once, whoever reads it, at the same moment too', async () => {
  const paper = paperOf(today, [packId])
  const orders = await Promise.all([open(), open()])
  const settling = await Promise.allSettled([
    settle(own.database, one, orders[0]!.reviewId, { prescriptions: [paper] }),
    settle(own.database, other, orders[1]!.reviewId, { prescriptions: [paper] }),
  ])
  const refused = settling.filter(done => done.status === 'rejected')
  assert.equal(refused.length, 1)
  assert.equal(refused[0]!.reason.fields[0].message, 'duplicate_prescription')
  const third = await open()
  const reasoned = { ...paper, duplicateReason: 'Second copy for the school, doctor confirmed' }
  await settle(own.database, one, third.reviewId, { prescriptions: [reasoned] })
})

test('a crash between two acts leaves all or nothing: a refused decision writes no approval', async () => {
  const { reviewId } = await open(6)
  const { version } = await saveFor(own.database, one, reviewId, {
    prescriptions: [paperOf(today, [packId])],
  })
  const stale = { id: reviewId, version: version - 1, overrides: [] }
  await assert.rejects(decideReview(own.database, one, stale), { code: 'review_changed' })
  const { rows } = await sql<{ state: string }>`
    select state from prescriptions.prescription where review_id = ${reviewId}`.execute(
    own.database.db,
  )
  assert.deepEqual(rows, [{ state: 'draft' }])
})
