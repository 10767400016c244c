import { type MedicinePhoto, photoWidths } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from './find-packs.ts'

export const photosMax = 8

/** The pictures of a pack that may be shown, the first sent first. */
export async function findPhotos(db: Reader, packId: string): Promise<MedicinePhoto[]> {
  const { rows } = await sql<Omit<MedicinePhoto, 'urls'>>`
    select id, description, width, height from catalogue.photo
    where pack_id = ${packId} and state = 'ready' order by created_at, id limit ${photosMax}`.execute(
    db,
  )
  return rows.map(photo => ({ ...photo, urls: photoUrls(photo.id) }))
}

/** Where the sizes of a picture lie, as the CDN serves the assets bucket; the id is new for every picture. */
export function photoUrls(id: string): MedicinePhoto['urls'] {
  const [small, medium, large] = photoWidths
  return {
    [small]: `/${photoKey(id, small)}`,
    [medium]: `/${photoKey(id, medium)}`,
    [large]: `/${photoKey(id, large)}`,
  }
}

export function photoKey(id: string, width: number): string {
  return `medicines/pictures/${id}/${width}.webp`
}
