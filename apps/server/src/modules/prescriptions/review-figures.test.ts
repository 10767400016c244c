import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Caller } from '#kernel/caller'
import { metrics } from '#kernel/metrics'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import {
  addPharmacist,
  addPrescriptionPack,
  openFor,
  paperOf,
  putOnDuty,
  todayIn,
} from '#test/rx-desk-for-tests'
import { askCustomer } from './ask-customer.ts'
import { claimReview } from './claim-review.ts'
import { decideReview } from './decide-review.ts'
import { measureWaiting } from './measure-waiting.ts'
import { settle } from './review-for-tests.ts'

let own: TestDatabase
let pharmacist: Caller
let packId: string
before(async () => {
  own = await testDatabase()
  pharmacist = await addPharmacist(own.database)
  packId = await addPrescriptionPack(own.database)
})
after(() => own.close())

const open = () => openFor(own.database, [{ packId, packs: 6 }])
const measured = (name: string) => metrics.take().filter(one => one.name === name)
const waiting = async () => {
  metrics.take()
  await measureWaiting(own.database)
  return measured('prescriptions.oldest_waiting')
}
/** Moves the database's clock to a time of tomorrow in India, `12:30`, or of a later day. */
async function moveTo(time: string, days = 1): Promise<void> {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const india = new Date(Date.now() + 330 * 60_000)
  const minutesNow = india.getUTCHours() * 60 + india.getUTCMinutes()
  await own.moveClock(`${days * 1_440 + hour * 60 + minute - minutesNow} minutes`)
}

test('a decision is measured once, from the order’s last file to the pharmacist’s word', async () => {
  await moveTo('10:00')
  const { reviewId } = await open()
  await moveTo('10:20')
  await putOnDuty(own.database, pharmacist.personId!)
  metrics.take()
  const worksheet = { prescriptions: [paperOf(await todayIn(own.database), [packId])] }
  const { version } = await settle(own.database, pharmacist, reviewId, worksheet)
  const [decided, ...more] = measured('prescriptions.review_time')
  assert.deepEqual([decided?.count, more], [1, []])
  assert.ok(decided && Math.abs(decided.most - 1_200) <= 60, `${decided?.most} s`)
  await assert.rejects(
    decideReview(own.database, pharmacist, { id: reviewId, version, overrides: [] }),
  )
  assert.deepEqual(measured('prescriptions.review_time'), [])
})

test('the oldest that waits for a pharmacist is measured, and none is none', async () => {
  await moveTo('11:00')
  assert.equal((await waiting())[0]?.most, 0)
  await open()
  await moveTo('11:40')
  await open()
  const [late] = await waiting()
  assert.ok(late && Math.abs(late.most - 2_400) <= 60, `${late?.most} s`)
})

test('the night is not counted, and nobody is late at night', async () => {
  await moveTo('23:30')
  assert.deepEqual(await waiting(), [])
  await moveTo('09:30', 2)
  const [morning] = await waiting()
  assert.ok(morning && Math.abs(morning.most - 1_800) <= 60, `${morning?.most} s`)
})

test('what waits for its customer’s answer is not waiting for us', async () => {
  const { rows } = await own.database.pool.query<{ id: string }>(
    `select id from prescriptions.review where state = 'open'`,
  )
  assert.ok(rows.length >= 2)
  await putOnDuty(own.database, pharmacist.personId!)
  for (const { id } of rows) {
    await claimReview(own.database, pharmacist, { id, takeOver: false })
    await askCustomer(own.database, pharmacist, randomUUID(), {
      id,
      code: 'clearer_photo',
      words: null,
    })
  }
  assert.equal((await waiting())[0]?.most, 0)
})
