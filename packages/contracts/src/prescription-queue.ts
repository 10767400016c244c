import { type Static, Type } from 'typebox'
import { schemes } from './catalogue.ts'
import { endpoint } from './endpoint.ts'
import { Cursor, Id, Instant, Limit, oneOf } from './shapes.ts'

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])

export const reviewStates = ['waiting', 'in_review', 'needs_info', 'decided', 'withdrawn'] as const
export const lanes = ['delivery', 'pickup'] as const

/** What the queue and the review itself say of a review. */
export const reviewHead = {
  id: Id,
  orderId: Id,
  orderNumber: orNull(Type.String()),
  state: oneOf(reviewStates),
  lane: oneOf(lanes),
  /** The name on the prescription once read, before that whom the order is for. */
  patientName: orNull(Type.String()),
  openedAt: Instant,
  /** When it should be decided by. */
  dueAt: Instant,
  lines: Type.Integer(),
  schemes: Type.Array(oneOf(schemes)),
  claimedBy: orNull(Type.String()),
  isMine: Type.Boolean(),
}
export const ReviewHead = Type.Object({
  ...reviewHead,
  /** The first file, so that its page is fetched before the review is opened. */
  firstUploadId: orNull(Id),
})
export type ReviewHead = Static<typeof ReviewHead>

export const listReviews = endpoint({
  tag: 'prescriptions',
  permission: 'prescriptions.review',
  ownership: 'none',
  method: 'GET',
  path: '/reviews',
  summary: 'Prescriptions that wait for a pharmacist, the oldest first',
  status: 200,
  audit: 'none',
  query: Type.Object({ limit: Limit, after: Cursor }),
  reply: Type.Object({
    items: Type.Array(ReviewHead),
    waiting: Type.Integer(),
    needsInfo: Type.Integer(),
    targetMinutes: Type.Integer(),
    next: orNull(Type.String()),
  }),
  refusals: ['malformed_request', 'sign_in_needed', 'not_allowed'],
})
