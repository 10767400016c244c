import { type PrescriptionReason, type reviewStates, type verdicts } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'

export type ReviewState = (typeof reviewStates)[number]

/** What other modules may know of a review: how far it is, and what was said of each line. */
export interface FoundReview {
  readonly reviewId: string
  readonly state: ReviewState
  readonly lines: readonly FoundReviewLine[]
}

export interface FoundReviewLine {
  readonly line: number
  readonly packId: string
  readonly askedPacks: number
  /** Set with the verdict; a refused line has none. */
  readonly approvedPacks: number | null
  /** Base units, where the last of these packs is cut; null for whole packs. */
  readonly approvedUnits: number | null
  readonly verdict: (typeof verdicts)[number] | null
  readonly code: PrescriptionReason | null
}

const ordersMax = 200

/** A claim that lapsed leaves the review waiting again. */
export const reviewState = sql<ReviewState>`
  case when review.state <> 'open' then review.state
    when review.claimed_until > kernel.now() then 'in_review' else 'waiting' end`

/**
 * The reviews of these orders; an order without one is absent. Verdicts are told once the review is decided: before,
 * they are a pharmacist's notes.
 */
export async function findReviews(
  db: Reader,
  orderIds: readonly string[],
): Promise<Map<string, FoundReview>> {
  const { rows } = await sql<FoundReview & { orderId: string }>`
    select review.order_id as "orderId", review.id as "reviewId", ${reviewState} as state,
      (select jsonb_agg(jsonb_build_object('line', line, 'packId', pack_id, 'askedPacks', asked_packs,
        'approvedPacks', case when review.state = 'decided' then approved_packs end,
        'approvedUnits', case when review.state = 'decided' then approved_units end,
        'verdict', case when review.state = 'decided' then verdict end,
        'code', case when review.state = 'decided' then code end) order by line)
        from prescriptions.review_line where review_id = review.id) as lines
    from prescriptions.review where order_id = any(${[...orderIds]}::uuid[])
    order by review.order_id limit ${ordersMax}`.execute(db)
  return new Map(rows.map(({ orderId, ...review }) => [orderId, review]))
}
