import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Font } from 'fontkit'

export type Weight = 'regular' | 'semibold' | 'bold'

const require = createRequire(import.meta.url)

function loadTools() {
  const PDFDocument = require('pdfkit') as typeof import('pdfkit')
  const { create } = require('fontkit') as typeof import('fontkit')
  const fontOf = (name: string) =>
    create(
      readFileSync(require.resolve(`@expo-google-fonts/mukta/${name}/Mukta_${name}.ttf`)),
    ) as Font
  // One family draws Latin and Devanagari, so a line may hold both. Its tables are read once a process: to read them
  // for each document took four fifths of the time.
  const fonts: Record<Weight, Font> = {
    regular: fontOf('400Regular'),
    semibold: fontOf('600SemiBold'),
    bold: fontOf('700Bold'),
  }
  return { PDFDocument, fonts }
}

let tools: ReturnType<typeof loadTools> | undefined

/**
 * The font as this document sees it: the tables are shared, the glyphs are its own, because a glyph remembers the first
 * text it was drawn for and another document's text must not enter this one's bytes.
 */
function forOneDocument(font: Font): Font {
  return Object.create(font, { _glyphs: { value: {}, writable: true } }) as Font
}

export const page = { width: 595.28, height: 841.89, margin: 34 } as const
export const inner = { left: page.margin, right: page.width - page.margin } as const
export const ink = {
  dark: '#12211d',
  soft: '#41534d',
  neem: '#0b5d4b',
  tint: '#f0f8f5',
  line: '#c3cfca',
  sample: '#b3261e',
} as const

export interface Style {
  readonly size?: number
  readonly weight?: Weight
  readonly colour?: string
  readonly align?: 'left' | 'right' | 'center'
}

/** How an outline is drawn: filled, or with a line so wide in its own coordinates. */
export type Outline =
  | { readonly fill: string }
  | { readonly stroke: string; readonly width: number }

export interface Pen {
  /** Writes into a column and answers the height it took. */
  write(text: string, at: { x: number; y: number; width: number }, style?: Style): number
  heightOf(text: string, width: number, style?: Style): number
  rule(y: number, from?: number, to?: number): void
  box(at: { x: number; y: number; width: number; height: number }, fill: string): void
  frame(at: { x: number; y: number; width: number; height: number }): void
  /** Draws the outline of an SVG path, its coordinates scaled from `at`. */
  path(outline: string, at: { x: number; y: number; scale: number }, look: Outline): void
  /** Puts a JPEG or PNG into a box, whole and in its own proportions. */
  image(bytes: Buffer, at: { x: number; y: number; width: number; height: number }): void
  slanted(text: string): void
  newPage(): void
  /** Draws on every page in turn when all are there. */
  onEveryPage(draw: (number: number, of: number) => void): void
  finish(): Promise<Buffer>
}

const lineGap = -1.5

export interface About {
  readonly title: string
  readonly author: string
  readonly at: Date
  /** Width and height in points; A4 without it. */
  readonly size?: readonly [number, number]
  readonly language?: 'en' | 'hi'
}

/** Pages with everything that may differ from one printing to the next fixed by the document itself. */
export function openPen(about: About): Pen {
  const { title, author, at, size, language = 'en' } = about
  // Loaded for the first document, because they were a third of the start of a task that prints none.
  tools ??= loadTools()
  const { PDFDocument, fonts } = tools
  const pdf = new PDFDocument({
    size: size ? [...size] : 'A4',
    margin: 0,
    bufferPages: true,
    pdfVersion: '1.7',
    lang: `${language}-IN`,
    displayTitle: true,
    info: { Title: title, Author: author, Creator: author, CreationDate: at, ModDate: at },
  })
  for (const [weight, font] of Object.entries(fonts)) {
    // Its types do not know yet that it takes a font already read.
    pdf.registerFont(weight, forOneDocument(font) as unknown as Buffer)
  }
  const chunks: Buffer[] = []
  const done = new Promise<void>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.once('end', resolve)
    pdf.once('error', reject)
  })
  const take = ({ size = 8.5, weight = 'regular', colour = ink.dark }: Style) =>
    pdf.font(weight).fontSize(size).fillColor(colour)
  return {
    write(text, { x, y, width }, style = {}) {
      take(style).text(text, x, y, { width, align: style.align ?? 'left', lineGap })
      return pdf.y - y
    },
    heightOf: (text, width, style = {}) => take(style).heightOfString(text, { width, lineGap }),
    rule: (y, from = inner.left, to = inner.right) =>
      void pdf.moveTo(from, y).lineTo(to, y).lineWidth(0.6).stroke(ink.line),
    box: ({ x, y, width, height }, fill) => void pdf.rect(x, y, width, height).fill(fill),
    frame: ({ x, y, width, height }) =>
      void pdf.roundedRect(x, y, width, height, 4).lineWidth(0.6).stroke(ink.line),
    path: (outline, place, look) => drawPath(pdf, outline, place, look),
    image: (bytes, { x, y, width, height }) =>
      void pdf.image(bytes, x, y, { fit: [width, height], align: 'center', valign: 'center' }),
    slanted(text) {
      pdf.save().rotate(-35, { origin: [page.width / 2, page.height / 2] })
      take({ size: 64, weight: 'bold', colour: ink.sample })
      pdf
        .fillOpacity(0.09)
        .text(text, 0, page.height / 2 - 50, { width: page.width, align: 'center' })
      pdf.fillOpacity(1).restore()
    },
    newPage: () => void pdf.addPage(),
    onEveryPage(draw) {
      const { start, count } = pdf.bufferedPageRange()
      for (let number = 0; number < count; number++) {
        pdf.switchToPage(start + number)
        draw(number + 1, count)
      }
    },
    async finish() {
      pdf.end()
      await done
      return Buffer.concat(chunks)
    },
  }
}

function drawPath(
  pdf: PDFKit.PDFDocument,
  outline: string,
  { x, y, scale }: { x: number; y: number; scale: number },
  look: Outline,
): void {
  pdf.save().translate(x, y).scale(scale).path(outline)
  if ('fill' in look) pdf.fill(look.fill)
  else pdf.lineWidth(look.width).lineCap('round').lineJoin('round').stroke(look.stroke)
  pdf.restore()
}
