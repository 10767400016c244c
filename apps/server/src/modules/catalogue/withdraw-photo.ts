import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'

/** Takes a picture off the page; its files stay, because pages kept by a browser may still ask for them. */
export async function withdrawPhoto(
  database: Database,
  caller: Caller,
  wanted: { id: string; reason: string },
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ state: string }>`
      select state from catalogue.photo where id = ${wanted.id} for update`.execute(tx)
    const [photo] = rows
    if (!photo) throw new Refusal('not_found', 'There is no such picture.')
    if (photo.state !== 'ready') {
      throw new Refusal('photo_state_forbids', 'This picture is not on the page.')
    }
    await sql`
      update catalogue.photo set state = 'withdrawn', changed_at = kernel.now() where id = ${wanted.id}`.execute(
      tx,
    )
    await emit(tx, caller, 'catalogue.photo_withdrawn', { photoId: wanted.id })
    return { id: wanted.id }
  })
}
