import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import {
  addPharmacist,
  addPrescriptionPack,
  addReadyUpload,
  openFor,
} from '#test/rx-desk-for-tests'
import { claimReview } from './claim-review.ts'
import { findOwnUpload } from './find-upload-sessions.ts'
import { preparePage } from './prepare-page.ts'
import { releaseReview } from './release-review.ts'

let own: TestDatabase
let one: Caller
let other: Caller
before(async () => {
  own = await testDatabase()
  one = await addPharmacist(own.database)
  other = await addPharmacist(own.database)
})
after(() => own.close())

const claim = (caller: Caller, id: string) =>
  claimReview(own.database, caller, { id, takeOver: false })

/** A review of one page, and what its sender sees of looks at it. */
async function openOne() {
  const packId = await addPrescriptionPack(own.database)
  const personId = randomUUID()
  const uploadId = await addReadyUpload(own.database, personId)
  const { reviewId } = await openFor(own.database, [{ packId, packs: 1 }], {
    personId,
    uploadIds: [uploadId],
  })
  const seen = async () => {
    const { views } = await findOwnUpload(own.database.db, personId, uploadId)
    return views.map(view => view.reason)
  }
  const wanted = { reviewId, uploadId, page: 1 }
  return { reviewId, uploadId, seen, wanted }
}

test('a page made ready is no look at it; opening the review is, once', async () => {
  const { reviewId, seen, wanted } = await openOne()
  await preparePage(own.database, one, wanted)
  assert.deepEqual(await seen(), ['prepared'])
  await claim(one, reviewId)
  assert.deepEqual(await seen(), ['review'])
  await releaseReview(own.database, one, reviewId)
  await claim(one, reviewId)
  assert.deepEqual(await seen(), ['review'])
})

test('who never opens what was made ready for her has not looked, whoever else does', async () => {
  const { reviewId, seen, wanted } = await openOne()
  await preparePage(own.database, one, wanted)
  await claim(other, reviewId)
  assert.deepEqual(await seen(), ['prepared'])
})

test('nothing is made ready of a review a colleague holds, nor of a page of another review', async () => {
  const { reviewId, wanted } = await openOne()
  const { uploadId } = await openOne()
  await assert.rejects(preparePage(own.database, one, { ...wanted, uploadId }), {
    code: 'not_found',
  })
  await claim(other, reviewId)
  await assert.rejects(preparePage(own.database, one, wanted), { code: 'not_found' })
  const { rows } = await sql`
    select id from prescriptions.upload_view where upload_id = ${wanted.uploadId}`.execute(
    own.database.db,
  )
  assert.equal(rows.length, 0)
})
