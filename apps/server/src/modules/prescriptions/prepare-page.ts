import assert from 'node:assert/strict'
import type { PageLink } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/transaction'
import { uploadNotFound } from './upload-row.ts'
import { viewUpload } from './view-upload.ts'

/**
 * Lets a desk fetch a page of the review it will open next. Written down as made ready, which is no look at it. Refuses
 * `not_found` for a review that is settled or in a colleague's hands: its pages are not hers to open.
 */
export async function preparePage(
  database: Database,
  caller: Caller,
  wanted: { readonly reviewId: string; readonly uploadId: string; readonly page: number },
): Promise<PageLink> {
  const { reviewId, uploadId, page } = wanted
  const { rows } = await sql<{ orderId: string }>`
    select order_id as "orderId" from prescriptions.review
    join prescriptions.review_upload on review_id = review.id
    where review.id = ${reviewId} and upload_id = ${uploadId} and state = 'open'
      and (claimed_by is null or claimed_by = ${caller.personId} or claimed_until <= kernel.now())`.execute(
    database.db,
  )
  if (!rows[0]) throw uploadNotFound()
  const { orderId } = rows[0]
  return viewUpload(database, caller, { uploadId, page, reason: 'prepared', orderId })
}

/** As many pages as a desk keeps ready. */
const preparedMax = 6

/** Writes the look at each page the opener made ready and has not looked at since: from here on it stands before her. */
export async function lookAtPrepared(tx: Tx, caller: Caller, orderId: string): Promise<void> {
  assert(caller.personId, 'a person looks at a prescription')
  await sql`
    insert into prescriptions.upload_view (id, upload_id, page, viewer_id, reason, order_id)
    select new_id, upload_id, page, viewer_id, 'review', order_id
    from unnest(${Array.from({ length: preparedMax }, newId)}::uuid[]) with ordinality as fresh (new_id, at_row)
    join (
      select upload_id, page, viewer_id, order_id, row_number() over (order by max(at) desc, upload_id, page) as at_row
      from prescriptions.upload_view as prepared
      where upload_id in (select upload_id from prescriptions.review join prescriptions.review_upload
          on review_id = review.id where review.order_id = ${orderId})
        and viewer_id = ${caller.personId} and order_id = ${orderId} and reason = 'prepared'
        and not exists (select from prescriptions.upload_view as looked
          where looked.upload_id = prepared.upload_id and looked.page = prepared.page
            and looked.viewer_id = prepared.viewer_id and looked.reason = 'review' and looked.at >= prepared.at)
      group by upload_id, page, viewer_id, order_id
    ) as ready using (at_row)`.execute(tx)
}
