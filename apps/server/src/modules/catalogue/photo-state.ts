import type { PhotoState } from '@janta/contracts'
import { sql } from 'kysely'
import { Refusal } from '#kernel/refusal'
import type { Reader } from './find-packs.ts'
import { photoUrls } from './find-photos.ts'

interface Found {
  id: string
  state: PhotoState['state']
  refusal: PhotoState['refusal']
  description: string
  width: number | null
  height: number | null
}

export async function findState(db: Reader, id: string): Promise<Found | undefined> {
  const { rows } = await sql<Found>`
    select id, state, refusal, description, width, height from catalogue.photo where id = ${id}`.execute(
    db,
  )
  return rows[0]
}

/** How far a picture has come, for whoever sent it; refuses `not_found`. */
export async function findPhotoState(db: Reader, id: string): Promise<PhotoState> {
  const found = await findState(db, id)
  if (!found) throw new Refusal('not_found', 'There is no such picture.')
  const { state, refusal, description, width, height } = found
  const isShown = state === 'ready' && width !== null && height !== null
  return {
    id,
    state,
    refusal,
    photo: isShown ? { id, description, width, height, urls: photoUrls(id) } : null,
  }
}
