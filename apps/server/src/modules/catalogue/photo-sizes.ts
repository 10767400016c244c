import { type PhotoFault, photoWidths } from '@janta/contracts'
import { checkPicture, loadSharp, openingPicture } from './check-picture.ts'

export type PhotoLooked =
  | { readonly fault: PhotoFault }
  | {
      readonly width: number
      readonly height: number
      /** WebP files by their width. */
      readonly sizes: ReadonlyMap<number, Uint8Array>
    }

const quality = 80

/**
 * Looks at what was sent and makes the sizes of it: upright, without the camera's notes (they may hold a place), never
 * larger than the original. Answers why where the file is no picture we take.
 */
export async function makePhotoSizes(bytes: Uint8Array): Promise<PhotoLooked> {
  const head = await checkPicture(bytes)
  if ('fault' in head) return head
  const sizes = new Map<number, Uint8Array>()
  for (const wanted of photoWidths) {
    const made = await shrink(bytes, wanted)
    if (made === null) return { fault: 'damaged' }
    sizes.set(wanted, made)
  }
  return { ...head, sizes }
}

async function shrink(bytes: Uint8Array, width: number): Promise<Uint8Array | null> {
  const sharp = await loadSharp()
  return sharp(bytes, openingPicture)
    .autoOrient()
    .resize({ width, withoutEnlargement: true })
    .webp({ quality })
    .toBuffer()
    .catch(() => null)
}
