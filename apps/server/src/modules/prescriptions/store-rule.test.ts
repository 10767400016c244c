import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addDays } from '#kernel/day'
import {
  addPharmacist,
  addPrescriptionPack,
  openFor,
  paperOf,
  todayIn,
} from '#test/rx-desk-for-tests'
import { api, Browser, mobileOf, type TestWeb, testWeb } from '#test/web-for-tests'
import { saveFor } from './review-for-tests.ts'

let web: TestWeb
let owner: Browser
before(async () => {
  web = await testWeb({ sample: true })
  owner = await new Browser(web.app).signIn(mobileOf.administrator)
})
after(() => web.close())

test('a store may hold prescriptions to less than the permission, never to more', async () => {
  const { rule, usual } = (await owner.send(api.getStoreRule)).json()
  assert.deepEqual(rule, usual)
  for (const wider of [{ chronicDays: 31 }, { acuteDays: 8 }, { repeatGraceDays: 6 }]) {
    const answer = await owner.send(api.setStoreRule, { body: { ...usual, ...wider } })
    assert.equal(answer.json().code, 'malformed_request', JSON.stringify(wider))
  }
  const stricter = { chronicDays: 10, acuteDays: 3, repeatGraceDays: 2, targetMinutes: 20 }
  const answer = await owner.send(api.setStoreRule, { body: stricter })
  assert.equal(answer.statusCode, 200, answer.body)
  assert.deepEqual(answer.json(), { rule: stricter, usual })
})

test('the desk judges by the rule of the store from then on', async () => {
  const { database } = web.own
  const today = await todayIn(database)
  const packId = await addPrescriptionPack(database)
  const { reviewId } = await openFor(database, [{ packId, packs: 6 }])
  const paper = paperOf(today, [packId], { issuedOn: addDays(today, -11), course: 'chronic' })
  const desk = await addPharmacist(database)
  const { obstacles, dueAt, openedAt } = await saveFor(database, desk, reviewId, {
    prescriptions: [paper],
  })
  assert.deepEqual(
    obstacles.map(one => one.code),
    ['expired_window'],
  )
  assert.equal(Date.parse(dueAt) - Date.parse(openedAt), 20 * 60_000)
})
