import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Caller } from '#kernel/caller'
import { type Day } from '#kernel/day'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { personCaller } from '#test/shelf-for-tests'
import {
  addPharmacist,
  addPrescriptionPack,
  openFor,
  paperOf,
  todayIn,
} from '#test/rx-desk-for-tests'
import { answerQuestion } from './answer-question.ts'
import { askCustomer } from './ask-customer.ts'
import { claimReview } from './claim-review.ts'
import { findKnownPrescribers } from './find-known-prescribers.ts'
import { findMyQuestions } from './find-questions.ts'
import { findReview } from './find-review.ts'
import { findReviewQueue } from './find-review-queue.ts'
import { findReviews } from './find-reviews.ts'
import { settle } from './review-for-tests.ts'

let own: TestDatabase
let one: Caller
let other: Caller
let today: Day
let packId: string
before(async () => {
  own = await testDatabase()
  one = await addPharmacist(own.database)
  other = await addPharmacist(own.database)
  today = await todayIn(own.database)
  packId = await addPrescriptionPack(own.database)
})
after(() => own.close())

const open = (packs = 6, more: Parameters<typeof openFor>[2] = {}) =>
  openFor(own.database, [{ packId, packs }], more)
const claim = (caller: Caller, id: string) =>
  claimReview(own.database, caller, { id, takeOver: false })
const stateOf = async (orderId: string) =>
  (await findReviews(own.database.db, [orderId])).get(orderId)?.state
test('a question makes the review wait, and its answer puts it back in the queue', async () => {
  const { reviewId, orderId, personId } = await open()
  const customer = personCaller(personId)
  await claim(one, reviewId)
  const ask = (code: 'other' | 'patient_age', words: string | null) =>
    askCustomer(own.database, one, randomUUID(), { id: reviewId, code, words })
  await assert.rejects(ask('other', ' '), { code: 'question_empty' })
  await ask('patient_age', null)
  assert.equal(await stateOf(orderId), 'needs_info')
  const [question] = await findMyQuestions(own.database.db, personId)
  assert.equal(question?.code, 'patient_age')
  const answer = (caller: Caller) =>
    answerQuestion(own.database, caller, { id: question!.id, answer: '52 years' })
  await assert.rejects(answer(personCaller()), { code: 'not_found' })
  await answer(customer)
  await assert.rejects(answer(customer), { code: 'question_answered' })
  assert.equal(await stateOf(orderId), 'waiting')
  const { questions } = await findReview(own.database.db, other, reviewId)
  assert.equal(questions[0]?.answer, '52 years')
})

test('the queue is oldest first, marked by schedule, with who holds what', async () => {
  await open()
  const held = await open()
  await claim(other, held.reviewId)
  const { items, waiting, needsInfo } = await findReviewQueue(own.database.db, one, {})
  assert.ok(items.length >= 3, `only ${items.length} reviews wait`)
  assert.equal(waiting + needsInfo, items.length)
  const opened = items.map(item => item.openedAt)
  assert.deepEqual(opened, opened.toSorted())
  assert.ok(items.every(item => item.schemes.includes('H') && item.dueAt > item.openedAt))
  assert.match(items.find(item => item.id === held.reviewId)?.claimedBy ?? '', /P\. Sample/)
  const two = await findReviewQueue(own.database.db, one, { limit: 2 })
  const rest = await findReviewQueue(own.database.db, one, { after: two.next! })
  assert.deepEqual(
    [...two.items, ...rest.items].map(item => item.id),
    items.map(item => item.id),
  )
})

test('a doctor read once is offered by name, by surname and by registration', async () => {
  const { reviewId } = await open()
  const paper = paperOf(today, [packId])
  paper.prescriber = { ...paper.prescriber, name: 'Dr Meera Invented', registration: 'INV-77' }
  await settle(own.database, one, reviewId, { prescriptions: [paper] })
  for (const typed of ['meera', 'dr. mee', 'inven', 'inv-7']) {
    const [found] = await findKnownPrescribers(own.database.db, typed)
    assert.equal(found?.name, 'Dr Meera Invented', typed)
  }
  assert.deepEqual(await findKnownPrescribers(own.database.db, 'zzz'), [])
})
