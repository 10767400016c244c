import type { PhotoFault } from '@janta/contracts'
import { checkPicture, loadSharp, openingPicture } from '#modules/catalogue'

/** A photo of a page as a telephone makes it. */
export const pageBytesMax = 10 * 1024 * 1024
export const uploadSeconds = 600
/** Wide enough to read the smallest print of an A4 page. */
const longSideMax = 2_400
const quality = 80

/** Where a photo waits for the worker; deleted there after a day whatever happens. */
export const waitingKey = (id: string): string => `uploads/supplier-bills/${id}`
/** Where it is kept, among the documents that are never changed. */
export const keptKey = (id: string): string => `issued/supplier-bills/${id}.webp`

/** The page as it is kept: upright, readable, without the camera's notes (they may hold a place); or why it is not. */
export async function cleanPage(
  bytes: Uint8Array,
): Promise<{ fault: PhotoFault } | { page: Uint8Array }> {
  const head = await checkPicture(bytes)
  if ('fault' in head) return head
  const sharp = await loadSharp()
  const page = await sharp(bytes, openingPicture)
    .autoOrient()
    .resize({ width: longSideMax, height: longSideMax, fit: 'inside', withoutEnlargement: true })
    .webp({ quality })
    .toBuffer()
    .catch(() => null)
  return page === null ? { fault: 'damaged' } : { page }
}
