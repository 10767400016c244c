import { sql } from 'kysely'
import { announceSent } from '#modules/catalogue'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'

/** The photo of a bill was sent: the worker may look at it. Refuses `not_found` and `photo_state_forbids`. */
export async function checkBillPage(
  database: Database,
  caller: Caller,
  id: string,
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ state: string }>`
      select state from purchasing.bill_page where id = ${id} for update`.execute(tx)
    await announceSent(tx, caller, rows[0], {
      name: 'purchasing.bill_page_sent',
      payload: { pageId: id },
    })
    return { id }
  })
}
