import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { listReviews } from './prescription-queue.ts'
import { readyQuestionCodes } from './prescription-reasons.ts'
import { DecidedReview, overrideReasons, Review, Worksheet } from './prescription-review.ts'
import { PrescriberFields } from './prescription-shapes.ts'
import { PageLink } from './prescriptions-uploads.ts'
import { Id, oneOf } from './shapes.ts'

const closed = { additionalProperties: false }
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const guarded = {
  tag: 'prescriptions',
  permission: 'prescriptions.review',
  ownership: 'none',
} as const
const usual = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const
const atDesk = [...usual, 'not_found', 'review_claimed', 'review_state_forbids'] as const
const Note = Type.String({ minLength: 1, maxLength: 300 })

export const getReview = endpoint({
  ...guarded,
  method: 'GET',
  path: '/reviews/:id',
  summary:
    'One review with everything the desk shows: pages, lines, what was read, what stands in the way',
  status: 200,
  audit: 'prescriptions.review_viewed',
  params: Type.Object({ id: Id }),
  reply: Review,
  refusals: [...usual, 'not_found'],
})

export const claimReview = endpoint({
  ...guarded,
  method: 'POST',
  path: '/reviews/:id/claim',
  summary: 'Take a review to work on; while another holds it, only by saying that it is taken over',
  status: 201,
  audit: 'prescriptions.review_claimed',
  params: Type.Object({ id: Id }),
  body: Type.Object({ takeOver: Type.Boolean() }, closed),
  reply: Review,
  refusals: atDesk,
})

export const releaseReview = endpoint({
  ...guarded,
  method: 'DELETE',
  path: '/reviews/:id/claim',
  summary: 'Put a review back; what was written stays on it',
  status: 204,
  audit: 'prescriptions.review_released',
  params: Type.Object({ id: Id }),
  reply: Type.Null(),
  refusals: [...usual, 'not_found'],
})

export const saveReview = endpoint({
  ...guarded,
  method: 'PUT',
  path: '/reviews/:id/worksheet',
  summary: 'Write down what was read and said of each line, in place of what was written before',
  status: 200,
  audit: 'prescriptions.worksheet_saved',
  params: Type.Object({ id: Id }),
  body: Worksheet,
  reply: Review,
  refusals: [...atDesk, 'review_changed', 'worksheet_invalid'],
})

export const decideReview = endpoint({
  ...guarded,
  method: 'POST',
  path: '/reviews/:id/decision',
  summary: 'Settle the review: the registered pharmacist on duty answers for it by name',
  status: 201,
  audit: 'prescriptions.review_decided',
  params: Type.Object({ id: Id }),
  body: Type.Object(
    {
      version: Type.Integer({ minimum: 1 }),
      overrides: Type.Array(
        Type.Object(
          {
            key: Type.String({ minLength: 1, maxLength: 200 }),
            reason: oneOf(overrideReasons),
            words: orNull(Note),
          },
          closed,
        ),
        { maxItems: 50 },
      ),
    },
    closed,
  ),
  reply: Type.Object({ id: Id }),
  refusals: [
    ...atDesk,
    'review_changed',
    'prescription_not_valid',
    'finding_not_answered',
    'pharmacist_not_registered',
    'pharmacist_not_on_duty',
  ],
})

export const askCustomer = endpoint({
  ...guarded,
  method: 'POST',
  path: '/reviews/:id/questions',
  summary: 'Ask the customer; the review waits for the answer',
  status: 201,
  audit: 'prescriptions.question_asked',
  idempotent: true,
  params: Type.Object({ id: Id }),
  body: Type.Object({ code: oneOf(readyQuestionCodes), words: orNull(Note) }, closed),
  reply: Review,
  refusals: [...atDesk, 'idempotency_key_missing', 'idempotency_key_reused', 'question_empty'],
})

export const viewReviewPage = endpoint({
  ...guarded,
  method: 'POST',
  path: '/reviews/:id/page-views',
  summary:
    'Look at a page of a review: addresses that last some seconds; the customer sees who looked',
  status: 201,
  audit: 'prescriptions.upload_viewed',
  params: Type.Object({ id: Id }),
  body: Type.Object({ uploadId: Id, page: Type.Integer({ minimum: 1, maximum: 100 }) }, closed),
  reply: PageLink,
  refusals: [...usual, 'not_found'],
})

export const prepareReviewPage = endpoint({
  ...guarded,
  method: 'POST',
  path: '/reviews/:id/prepared-pages',
  summary: 'Fetch a page of the review that will be opened next; opening it is the look at it',
  status: 201,
  audit: 'prescriptions.page_prepared',
  params: Type.Object({ id: Id }),
  body: Type.Object({ uploadId: Id, page: Type.Integer({ minimum: 1, maximum: 100 }) }, closed),
  reply: PageLink,
  refusals: [...usual, 'not_found'],
})

export const listDecidedReviews = endpoint({
  ...guarded,
  method: 'GET',
  path: '/decided-reviews',
  summary: 'Reviews settled at my store, the last first, or the one of an order number',
  status: 200,
  audit: 'prescriptions.decided_listed',
  query: Type.Object({ orderNumber: Type.Optional(Type.String({ maxLength: 40 })) }),
  reply: Type.Object({ items: Type.Array(DecidedReview, { maxItems: 50 }) }),
  refusals: usual,
})

export const findPrescribers = endpoint({
  ...guarded,
  method: 'GET',
  path: '/prescribers',
  summary: 'Doctors read before whose name or registration begins like this, the last used first',
  status: 200,
  audit: 'none',
  query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 80 })) }),
  reply: Type.Object({ items: Type.Array(Type.Interface([PrescriberFields], { id: Id })) }),
  refusals: usual,
})

export const revokePrescription = endpoint({
  ...guarded,
  method: 'POST',
  path: '/prescriptions/:id/revocation',
  summary:
    'Revoke an approved prescription; what was supplied stays on record, and its review opens again',
  status: 201,
  audit: 'prescriptions.prescription_revoked',
  params: Type.Object({ id: Id }),
  body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
  reply: Review,
  refusals: [
    ...usual,
    'not_found',
    'prescription_revoked',
    'pharmacist_not_registered',
    'pharmacist_not_on_duty',
  ],
})

/** What a store holds prescriptions to. Wider than the delivery permission of 26 March 2020 is not possible. */
export const StoreRule = Type.Object(
  {
    /** Days after its date within which a prescription is presented, for lasting and for acute illness. */
    chronicDays: Type.Integer({ minimum: 1, maximum: 30 }),
    acuteDays: Type.Integer({ minimum: 1, maximum: 7 }),
    /** Days a repeat may come early. */
    repeatGraceDays: Type.Integer({ minimum: 0, maximum: 5 }),
    /** Minutes after which a waiting prescription is late. */
    targetMinutes: Type.Integer({ minimum: 5, maximum: 1440 }),
  },
  closed,
)
export type StoreRule = Static<typeof StoreRule>

export const getStoreRule = endpoint({
  ...guarded,
  permission: 'registers.view',
  method: 'GET',
  path: '/prescription-rule',
  summary: 'What the store holds prescriptions to: windows, margin of repeats, target time',
  status: 200,
  audit: 'none',
  reply: Type.Object({ rule: StoreRule, usual: StoreRule }),
  refusals: usual,
})

export const setStoreRule = endpoint({
  ...guarded,
  permission: 'stock.configure',
  method: 'PUT',
  path: '/prescription-rule',
  summary: 'Hold prescriptions to another rule from now on; what was approved stays approved',
  status: 200,
  audit: 'prescriptions.store_rule_set',
  body: StoreRule,
  reply: Type.Object({ rule: StoreRule, usual: StoreRule }),
  refusals: usual,
})

/** The endpoints of this file by operation id. */
export const prescriptionsDesk = {
  listReviews,
  getReview,
  claimReview,
  releaseReview,
  saveReview,
  decideReview,
  askCustomer,
  viewReviewPage,
  prepareReviewPage,
  listDecidedReviews,
  findPrescribers,
  revokePrescription,
  getStoreRule,
  setStoreRule,
}
