import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { announceSent } from './announce-sent.ts'

/** The picture was sent: the worker may look at it. Refuses `not_found` and `photo_state_forbids`. */
export async function checkPhoto(
  database: Database,
  caller: Caller,
  id: string,
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ state: string }>`
      select state from catalogue.photo where id = ${id} for update`.execute(tx)
    await announceSent(tx, caller, rows[0], {
      name: 'catalogue.photo_sent',
      payload: { photoId: id },
    })
    return { id }
  })
}
