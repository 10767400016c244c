import { apiPrefix, type BillPage, billPagesMax } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { Refusal } from '#kernel/refusal'

interface PageRow extends Pick<BillPage, 'id' | 'state' | 'refusal'> {
  readonly sentAt: Date
}

/**
 * The photos of a bill as they were sent, with the address of each that is kept; what was refused or never came is listed for
 * an hour, so that the sender sees why. Refuses `not_found`.
 */
export async function findBillPages(db: Reader, billId: string): Promise<{ items: BillPage[] }> {
  const { rows: bills } = await sql<{ id: string }>`
    select id from purchasing.bill where id = ${billId}`.execute(db)
  if (bills.length === 0) throw new Refusal('not_found', 'There is no such bill.')
  const { rows } = await sql<PageRow>`
    select id, state, refusal, sent_at as "sentAt" from purchasing.bill_page
    where bill_id = ${billId} and (state = 'ready' or sent_at > kernel.now() - interval '1 hour')
    order by state = 'ready' desc, sent_at, id limit ${2 * billPagesMax}`.execute(db)
  return {
    items: rows.map(({ sentAt, ...page }) => ({
      ...page,
      sentAt: sentAt.toISOString(),
      url: page.state === 'ready' ? `${apiPrefix}/purchases/bill-pages/${page.id}/picture` : null,
    })),
  }
}

/** Whether a photo of this id is kept. */
export async function isBillPageKept(db: Reader, id: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    select id from purchasing.bill_page where id = ${id} and state = 'ready'`.execute(db)
  return rows.length > 0
}
