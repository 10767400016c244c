import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'

/** The picture was sent: the worker may look at it. Refuses `not_found` and `photo_state_forbids`. */
export async function checkPhoto(
  database: Database,
  caller: Caller,
  id: string,
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ state: string }>`
      select state from catalogue.photo where id = ${id} for update`.execute(tx)
    const [photo] = rows
    if (!photo) throw new Refusal('not_found', 'There is no such picture.')
    if (photo.state !== 'awaiting') {
      throw new Refusal('photo_state_forbids', 'This picture was looked at already.')
    }
    await emit(tx, caller, 'catalogue.photo_sent', { photoId: id })
    return { id }
  })
}
