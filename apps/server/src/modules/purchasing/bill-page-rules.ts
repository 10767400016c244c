import { photoKindOf, photoPixelsMax } from '#modules/catalogue'

/** A photo of a page as a telephone makes it. */
export const pageBytesMax = 10 * 1024 * 1024
export const uploadSeconds = 600
/** Wide enough to read the smallest print of an A4 page. */
const longSideMax = 2_400
const shortSideLeast = 200
const quality = 80

/** Where a photo waits for the worker; deleted there after a day whatever happens. */
export const waitingKey = (id: string): string => `uploads/supplier-bills/${id}`
/** Where it is kept, among the documents that are never changed. */
export const keptKey = (id: string): string => `issued/supplier-bills/${id}.webp`

/** Loaded with the first photo: a server that is asked for none starts without it. */
const loadSharp = async () => (await import('sharp')).default

export type CleanPage = { readonly refusal: string } | { readonly page: Uint8Array }

/** The page as it is kept: upright, readable, without the camera's notes (they may hold a place); or why it is not. */
export async function cleanPage(bytes: Uint8Array): Promise<CleanPage> {
  if (photoKindOf(bytes) === null) return { refusal: 'This is not a JPEG, PNG or WebP picture.' }
  const sharp = await loadSharp()
  const opening = { limitInputPixels: photoPixelsMax, failOn: 'error' } as const
  // A file that lies about itself is the sender's fault, so the library's error is an answer here.
  const head = await sharp(bytes, { ...opening, limitInputPixels: false })
    .metadata()
    .catch(() => null)
  if (head === null) return { refusal: 'This picture is damaged. Take it again.' }
  if (head.width * head.height > photoPixelsMax) {
    return { refusal: `This picture has more than ${photoPixelsMax / 1_000_000} million pixels.` }
  }
  if (Math.min(head.width, head.height) < shortSideLeast) {
    return { refusal: 'This picture is too small to read. Take it nearer.' }
  }
  const page = await sharp(bytes, opening)
    .autoOrient()
    .resize({ width: longSideMax, height: longSideMax, fit: 'inside', withoutEnlargement: true })
    .webp({ quality })
    .toBuffer()
    .catch(() => null)
  return page === null ? { refusal: 'This picture is damaged. Take it again.' } : { page }
}
