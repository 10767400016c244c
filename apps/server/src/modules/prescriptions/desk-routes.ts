import assert from 'node:assert/strict'
import { api } from '@janta/contracts'
import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import { defaultStore } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { inTransaction } from '#kernel/transaction'
import { answerQuestion } from './answer-question.ts'
import { askCustomer } from './ask-customer.ts'
import { claimReview } from './claim-review.ts'
import { decideReview } from './decide-review.ts'
import { findDecidedReviews } from './find-decided-reviews.ts'
import { findKnownPrescribers } from './find-known-prescribers.ts'
import { findMyQuestion, findMyQuestions } from './find-questions.ts'
import { findReview } from './find-review.ts'
import { findReviewQueue } from './find-review-queue.ts'
import { preparePage } from './prepare-page.ts'
import { releaseReview } from './release-review.ts'
import { revokePrescription } from './revoke-prescription.ts'
import { saveReview } from './save-review.ts'
import { uploadNotFound } from './upload-row.ts'
import { viewReview } from './view-review.ts'
import { viewUpload } from './view-upload.ts'

/** Mounts the review desk, and the questions it asks as the customer sees them. */
export function deskRoutes(app: FastifyInstance, { database }: Surroundings): void {
  // Whoever has just written looks at what was written, so these read the writing database.
  const { db, reads } = database
  const shown = (caller: Caller, id: string) => findReview(db, caller, id)
  serve(app, api.listReviews, ({ caller, query }) => findReviewQueue(reads, caller, query))
  serve(app, api.getReview, ({ caller, params }) => viewReview(database, caller, params.id))
  serve(app, api.claimReview, async ({ caller, params, body }) => {
    await claimReview(database, caller, { id: params.id, takeOver: body.takeOver })
    return shown(caller, params.id)
  })
  serve(app, api.releaseReview, async ({ caller, params }) => {
    await releaseReview(database, caller, params.id)
    return null
  })
  serve(app, api.saveReview, async ({ caller, params, body }) => {
    await saveReview(database, caller, { id: params.id, ...body })
    return shown(caller, params.id)
  })
  serve(app, api.decideReview, ({ caller, params, body }) =>
    decideReview(database, caller, { id: params.id, ...body }),
  )
  serve(app, api.askCustomer, async ({ caller, idempotencyKey, params, body }) => {
    await askCustomer(database, caller, idempotencyKey, { id: params.id, ...body })
    return shown(caller, params.id)
  })
  serve(app, api.viewReviewPage, async ({ caller, params, body }) => {
    const orderId = await orderOfPage(params.id, body.uploadId)
    return viewUpload(database, caller, { ...body, reason: 'review', orderId })
  })
  serve(app, api.prepareReviewPage, ({ caller, params, body }) =>
    preparePage(database, caller, { reviewId: params.id, ...body }),
  )
  serve(app, api.listDecidedReviews, async ({ caller, query }) => {
    const { id } = await defaultStore(db)
    // Whoever looks through what was settled sees patients' names: that goes on the audit trail first.
    await inTransaction(database, caller, async () => ({ id }))
    return { items: await findDecidedReviews(db, id, query.orderNumber ?? null) }
  })
  serve(app, api.findPrescribers, async ({ query }) => ({
    items: await findKnownPrescribers(reads, query.q ?? ''),
  }))
  serve(app, api.revokePrescription, async ({ caller, params, body }) => {
    const revoking = { id: params.id, reason: body.reason }
    const { reviewId } = await revokePrescription(database, caller, revoking)
    return shown(caller, reviewId)
  })
  serve(app, api.listMyQuestions, async ({ caller }) => ({
    items: await findMyQuestions(reads, ownerOf(caller)),
  }))
  serve(app, api.answerQuestion, async ({ caller, params, body }) => {
    await answerQuestion(database, caller, { id: params.id, answer: body.answer })
    return findMyQuestion(db, ownerOf(caller), params.id)
  })

  /** A page is looked at for the review it was sent to, and for no other. */
  async function orderOfPage(reviewId: string, uploadId: string): Promise<string> {
    const { rows } = await sql<{ orderId: string }>`
      select order_id as "orderId" from prescriptions.review
      join prescriptions.review_upload on review_id = review.id
      where review.id = ${reviewId} and upload_id = ${uploadId}`.execute(reads)
    if (!rows[0]) throw uploadNotFound()
    return rows[0].orderId
  }
}

function ownerOf({ personId }: Caller): string {
  assert(personId, 'the endpoint is for people who are signed in')
  return personId
}
