import type { PageSize } from '@janta/contracts'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import sharp, { type Sharp } from 'sharp'
import { type MadePage, type Opened, type Opening, pageFormats } from './upload-pages.ts'
import { greySide } from './upload-likeness.ts'

// Runs in the child that opens strangers' files (see open-upload.ts), one file at a time.
sharp.cache(false)
sharp.concurrency(1)

/**
 * Makes the pages of one file anew: what the eye sees and nothing else, so that a camera's notes, places, scripts and
 * whatever else travelled along stay behind. Answers a refusal for a file that lies, is damaged or asks too much.
 */
export async function makePages(opening: Opening, say: (opened: Opened) => void): Promise<void> {
  const made = opening.kind === 'pdf' ? pagesOfPdf(opening, say) : pageOfPicture(opening, say)
  say(await made)
}

async function pageOfPicture({ bytes, limits }: Opening, say: (opened: Opened) => void) {
  const head = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null)
  if (head === null) return { refusal: 'damaged' } as const
  const { width, height } = head.autoOrient
  if (width * height > limits.pixelsMax || (head.pages ?? 1) > 1) {
    return { refusal: 'too_many_pixels' } as const
  }
  if (Math.min(width, height) < limits.sideLeast) return { refusal: 'too_small' } as const
  const picture = sharp(bytes, { limitInputPixels: limits.pixelsMax, failOn: 'error' }).autoOrient()
  // A file that ends too early or lies about itself is the sender's fault: the library's error is an answer here.
  const page = await writePage(picture, 1).catch(() => null)
  if (page === null) return { refusal: 'damaged' } as const
  say({ page })
  return { pages: 1 }
}

const pdfSide = 2_400

async function pagesOfPdf({ bytes, limits }: Opening, say: (opened: Opened) => void) {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(bytes).catch((error: Error) => error)
  if (document instanceof Error) {
    return { refusal: /password|security/i.test(document.message) ? 'locked' : 'damaged' } as const
  }
  const pages = document.getPageCount()
  if (pages === 0) return { refusal: 'damaged' } as const
  if (pages > limits.pagesMax) return { refusal: 'too_many_pages' } as const
  for (let at = 0; at < pages; at++) {
    const { originalWidth, originalHeight } = document.getPage(at).getOriginalSize()
    const scale = pdfSide / Math.max(originalWidth, originalHeight, 1)
    const width = Math.max(Math.round(originalWidth * scale), 1)
    const height = Math.max(Math.round(originalHeight * scale), 1)
    if (Math.min(width, height) < limits.sideLeast) return { refusal: 'too_small' } as const
    // A page is closed by rendering it, so it is asked for again.
    const drawn = await document.getPage(at).render({ render: 'bitmap', width, height })
    const raw = { width: drawn.width, height: drawn.height, channels: 4 } as const
    say({ page: await writePage(sharp(drawn.data, { raw }), at + 1) })
  }
  return { pages }
}

async function writePage(picture: Sharp, page: number): Promise<MadePage> {
  const whole = await picture
    .flatten({ background: '#ffffff' })
    .resize(inside(pageFormats.whole.side))
    .toColourspace('srgb')
    .jpeg({ quality: 86 })
    .toBuffer({ resolveWithObject: true })
  const again = () => sharp(whole.data)
  const files: Record<PageSize, Uint8Array> = {
    whole: whole.data,
    screen: await again().resize(inside(pageFormats.screen.side)).webp({ quality: 82 }).toBuffer(),
    small: await again().resize(inside(pageFormats.small.side)).webp({ quality: 75 }).toBuffer(),
  }
  const grey = await greyOf(again())
  const { width, height } = whole.info
  return { page, width, height, ...(await hintsOf(again())), grey, files }
}

const greyMiddle = 256
const greyBlur = 1.5

/** Shrunk over a soft middle size: without it, a file saved smaller shimmers differently and is not known again. */
export async function greyOf(picture: Sharp): Promise<Uint8Array> {
  const fill = { fit: 'fill' } as const
  const soft = await picture
    .greyscale()
    .resize(greyMiddle, greyMiddle, { ...fill, fastShrinkOnLoad: false })
    .blur(greyBlur)
    .png()
    .toBuffer()
  return new Uint8Array(
    await sharp(soft).resize(greySide, greySide, fill).greyscale().raw().toBuffer(),
  )
}

const inside = (side: number) =>
  ({ width: side, height: side, fit: 'inside', withoutEnlargement: true }) as const

const hintSide = 1_000
const darkBelow = 70
const blurredBelow = 0.6

/** Hints for the one who took the picture, by its mean light and the strength of its edges. */
async function hintsOf(picture: Sharp): Promise<{ isDark: boolean; isBlurred: boolean }> {
  const seen = await picture.greyscale().resize(inside(hintSide)).png().toBuffer()
  const { channels, sharpness } = await sharp(seen).stats()
  return { isDark: (channels[0]?.mean ?? 255) < darkBelow, isBlurred: sharpness < blurredBelow }
}
