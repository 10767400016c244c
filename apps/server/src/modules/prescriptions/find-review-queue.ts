import { type listReviews, listMax, type ReplyOf, type RequestOf } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { findNames, findPharmacistStore } from '#modules/identity'
import { defaultStore } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import { isId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { findStoreRule } from './find-store-rule.ts'
import { reviewState } from './find-reviews.ts'
import type { ReviewRow } from './find-review-facts.ts'

type Page = ReplyOf<typeof listReviews>
type Row = Pick<
  ReviewRow,
  | 'id'
  | 'orderId'
  | 'orderNumber'
  | 'state'
  | 'lane'
  | 'openedAt'
  | 'dueAt'
  | 'schemes'
  | 'claimedBy'
> & {
  readonly patientName: string | null
  readonly lines: number
  readonly firstUploadId: string | null
}

/** What waits at the caller's store, the oldest first: what a customer must answer first comes after the rest. */
export async function findReviewQueue(
  db: Reader,
  caller: Caller,
  query: RequestOf<typeof listReviews>['query'],
): Promise<Page> {
  const limit = query.limit ?? listMax
  const after = query.after ?? null
  if (after !== null && !isId(after)) {
    throw new Refusal('malformed_request', 'This page address is broken. Begin the list again.')
  }
  const storeId = await storeOf(db, caller)
  const [{ rows }, counts, rule] = await Promise.all([
    sql<Row>`
      select review.id, order_id as "orderId", order_number as "orderNumber", ${reviewState} as state, lane,
        opened_at as "openedAt", due_at as "dueAt", schemes, line_count as lines,
        case when claimed_until > kernel.now() then claimed_by end as "claimedBy",
        coalesce(patient.name, customer_name) as "patientName", (
          select upload_id from prescriptions.review_upload
          where review_id = review.id order by position limit 1) as "firstUploadId"
      from prescriptions.review
      left join prescriptions.patient on patient.id = review.patient_id
      where store_id = ${storeId} and state in ('open', 'needs_info')
        and (${after}::uuid is null or (opened_at, review.id) > (
          select earlier.opened_at, earlier.id from prescriptions.review as earlier where earlier.id = ${after}::uuid))
      order by opened_at, review.id limit ${limit + 1}`.execute(db),
    countWaiting(db, storeId),
    findStoreRule(db, storeId),
  ])
  const page = rows.slice(0, limit)
  const holders = [...new Set(page.flatMap(row => row.claimedBy ?? []))]
  const names = holders.length === 0 ? undefined : await findNames(db, holders)
  return {
    ...counts,
    targetMinutes: rule.targetMinutes,
    items: page.map(({ claimedBy, ...row }) => ({
      ...row,
      openedAt: row.openedAt.toISOString(),
      dueAt: row.dueAt.toISOString(),
      claimedBy: names?.get(claimedBy ?? '') ?? null,
      isMine: claimedBy !== null && claimedBy === caller.personId,
    })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}

/** The store of the caller's registration; without one, the store that serves online orders. */
async function storeOf(db: Reader, { personId }: Caller): Promise<string> {
  const own = personId === null ? null : await findPharmacistStore(db, personId)
  return own ?? (await defaultStore(db)).id
}

async function countWaiting(db: Reader, storeId: string) {
  const { rows } = await sql<{ waiting: number; needsInfo: number }>`
    select (count(*) filter (where state = 'open'))::integer as waiting,
      (count(*) filter (where state = 'needs_info'))::integer as "needsInfo"
    from prescriptions.review where store_id = ${storeId} and state in ('open', 'needs_info')`.execute(
    db,
  )
  return rows[0]!
}
