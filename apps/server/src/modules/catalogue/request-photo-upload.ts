import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { photosMax } from './find-photos.ts'

/**
 * Makes room for one picture of a pack; it is shown once the worker has looked at what was sent. Refuses `not_found`
 * and `photo_limit_reached`.
 */
export async function requestPhotoUpload(
  database: Database,
  caller: Caller,
  wanted: { packId: string; description: string },
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ id: string; photos: number }>`
      select pack.id, (select count(*)::integer from catalogue.photo
        where photo.pack_id = pack.id and (photo.state = 'ready'
          or (photo.state = 'awaiting' and photo.created_at > kernel.now() - interval '1 hour'))) as photos
      from catalogue.pack where id = ${wanted.packId} for update`.execute(tx)
    const [pack] = rows
    if (!pack) throw new Refusal('not_found', 'We have no such medicine. Search for it by name.')
    if (pack.photos >= photosMax) {
      throw new Refusal(
        'photo_limit_reached',
        `A pack has at most ${photosMax} pictures. Withdraw one.`,
      )
    }
    const id = newId()
    await sql`
      insert into catalogue.photo (id, pack_id, state, description, uploaded_by)
      values (${id}, ${pack.id}, 'awaiting', ${wanted.description.trim()}, ${caller.personId})`.execute(
      tx,
    )
    return { id }
  })
}
