import { photoWidths } from '@janta/contracts'
import type { Metadata } from 'sharp'
import { photoKindOf, photoPixelsMax, photoSideLeast } from './photo-rules.ts'

export type PhotoLooked =
  | { readonly refusal: string }
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
  if (photoKindOf(bytes) === null) return { refusal: 'This is not a JPEG, PNG or WebP picture.' }
  const head = await readHead(bytes)
  if (head === null) return { refusal: 'This picture is damaged. Take it again.' }
  const { width, height } = head.autoOrient
  if (width * height > photoPixelsMax) {
    return { refusal: `This picture has more than ${photoPixelsMax / 1_000_000} million pixels.` }
  }
  if (Math.min(width, height) < photoSideLeast) {
    return { refusal: `This picture is too small: it needs ${photoSideLeast} pixels on each side.` }
  }
  const sizes = new Map<number, Uint8Array>()
  for (const wanted of photoWidths) {
    const made = await shrink(bytes, wanted)
    if (made === null) return { refusal: 'This picture is damaged. Take it again.' }
    sizes.set(wanted, made)
  }
  return { width, height, sizes }
}

/** Loaded for the first picture: its machine code is a tenth of the start of a task that never sees one. */
const loadSharp = async () => (await import('sharp')).default

const opening = { limitInputPixels: photoPixelsMax, failOn: 'error' } as const

/** A file that lies about itself is the sender's fault, so the library's error is an answer here. */
async function readHead(bytes: Uint8Array): Promise<Metadata | null> {
  const sharp = await loadSharp()
  return sharp(bytes, { ...opening, limitInputPixels: false })
    .metadata()
    .catch(() => null)
}

async function shrink(bytes: Uint8Array, width: number): Promise<Uint8Array | null> {
  const sharp = await loadSharp()
  return sharp(bytes, opening)
    .autoOrient()
    .resize({ width, withoutEnlargement: true })
    .webp({ quality })
    .toBuffer()
    .catch(() => null)
}
