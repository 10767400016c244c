import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
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
    const [page] = rows
    if (!page) throw new Refusal('not_found', 'There is no such photo.')
    if (page.state !== 'awaiting') {
      throw new Refusal('photo_state_forbids', 'This photo was looked at already.')
    }
    await emit(tx, caller, 'purchasing.bill_page_sent', { pageId: id })
    return { id }
  })
}
