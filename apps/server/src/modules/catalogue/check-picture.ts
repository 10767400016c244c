import type { PhotoFault } from '@janta/contracts'
import { photoKindOf, photoPixelsMax, photoSideLeast } from './photo-rules.ts'

/** Loaded for the first picture: its machine code is a tenth of the start of a task that never sees one. */
export const loadSharp = async () => (await import('sharp')).default

/** How a picture is opened to be redrawn: never more pixels than are taken, and a broken one is an error. */
export const openingPicture = { limitInputPixels: photoPixelsMax, failOn: 'error' } as const

/** What is wrong with bytes sent as a picture, read from their head alone; or its sides as a viewer sees them. */
export async function checkPicture(
  bytes: Uint8Array,
): Promise<{ fault: PhotoFault } | { width: number; height: number }> {
  if (photoKindOf(bytes) === null) return { fault: 'no_picture' }
  const sharp = await loadSharp()
  // A file that lies about itself is the sender's fault, so the library's error is an answer here.
  const head = await sharp(bytes, { ...openingPicture, limitInputPixels: false })
    .metadata()
    .catch(() => null)
  if (head === null) return { fault: 'damaged' }
  const { width, height } = head.autoOrient
  if (width * height > photoPixelsMax) return { fault: 'too_many_pixels' }
  if (Math.min(width, height) < photoSideLeast) return { fault: 'too_small' }
  return { width, height }
}
