import { billPagesMax } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'

/**
 * Makes room for one photo of a bill received; it is kept once the worker has looked at what was sent. Refuses
 * `not_found` and `photo_limit_reached`.
 */
export async function requestBillPage(
  database: Database,
  caller: Caller,
  billId: string,
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    // Two who send at once take turns, so that the limit holds; a bill itself is never locked, for it never changes.
    await sql`select pg_advisory_xact_lock(hashtextextended(${billId}, 1))`.execute(tx)
    const { rows } = await sql<{ pages: number }>`
      select (
        select count(*) from purchasing.bill_page
        where bill_page.bill_id = bill.id and (bill_page.state = 'ready'
          or (bill_page.state = 'awaiting' and bill_page.sent_at > kernel.now() - interval '1 hour')))::integer as pages
      from purchasing.bill where id = ${billId}`.execute(tx)
    const [bill] = rows
    if (!bill) throw new Refusal('not_found', 'There is no such bill. Choose it from the list.')
    if (bill.pages >= billPagesMax) {
      throw new Refusal(
        'photo_limit_reached',
        `A bill has at most ${billPagesMax} photos. They are all here already.`,
      )
    }
    const id = newId()
    await sql`
      insert into purchasing.bill_page (id, bill_id, sent_by)
      values (${id}, ${billId}, ${caller.personId})`.execute(tx)
    return { id }
  })
}
