import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'

/** One file of a prescription an order was supplied on, while it is kept. */
export interface SuppliedPages {
  readonly uploadId: string
  /** Its pages are 1 to this. */
  readonly pages: number
}

const filesMax = 20

/** The files an order's review rested on, in their order; what was erased since is left out. */
export async function findSuppliedPages(db: Reader, orderId: string): Promise<SuppliedPages[]> {
  const { rows } = await sql<SuppliedPages>`
    select sent.upload_id as "uploadId", (
        select count(*)::integer from prescriptions.upload_page as page where page.upload_id = sent.upload_id) as pages
    from prescriptions.review
    join prescriptions.review_upload as sent on sent.review_id = review.id
    join prescriptions.upload on upload.id = sent.upload_id
    where review.order_id = ${orderId} and upload.state = 'ready' and upload.forgotten_at is null
    order by sent.position limit ${filesMax}`.execute(db)
  return rows.filter(row => row.pages > 0)
}
