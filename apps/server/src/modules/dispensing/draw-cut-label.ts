import { expiryOnPack, ink, openPen, type Pen, type Seller } from '#modules/billing'
import { quantityIn } from './directions-words.ts'

/** What a piece of a cut strip is labelled with (Drugs Rules 65(19), and batch and expiry beside it). */
export interface CutPiece {
  readonly name: string
  readonly units: number
  readonly baseUnit: string
  readonly batchNumber: string
  /** 'YYYY-MM' */
  readonly expiry: string
  readonly manufacturer: string
  readonly at: Date
}

/** 70 by 50 mm: it sticks on the little bag the tablets are given in. */
const size = [198.4, 141.7] as const
const left = 8
const width = size[0] - 2 * left

/** The label of a cut strip: drug, quantity, dealer with address and licences, batch and expiry. */
export async function drawCutLabel(piece: CutPiece, seller: Seller): Promise<Buffer> {
  const pen = openPen({
    title: `Cut strip ${piece.batchNumber}`,
    author: seller.legalName,
    at: piece.at,
    size,
  })
  pen.box({ x: 0, y: 0, width: size[0], height: 3 }, ink.neem)
  const lines = linesOf(piece, seller)
  const heightAt = (scale: number) =>
    lines.reduce((sum, [text, style]) => sum + pen.heightOf(text, width, scaled(style, scale)), 0)
  // A long name or many licences make all of it smaller: nothing that the law wants is left off the label.
  const scale = scales.find(one => heightAt(one) <= room) ?? scales.at(-1)!
  let y = top
  for (const [text, style] of lines) {
    y += pen.write(text, { x: left, y, width }, scaled(style, scale))
  }
  return await pen.finish()
}

type Style = NonNullable<Parameters<Pen['write']>[2]>
const top = 6
const room = size[1] - top - 4
const scales = [1, 0.92, 0.84, 0.76, 0.68, 0.6]
const scaled = (style: Style, scale: number): Style => ({
  ...style,
  size: (style.size ?? 9) * scale,
})

const linesOf = (piece: CutPiece, seller: Seller): (readonly [string, Style])[] => [
  [piece.name, { size: 11, weight: 'bold' }],
  [quantityIn(piece.units, piece.baseUnit, 'en'), { size: 15, weight: 'bold', colour: ink.neem }],
  [
    `Batch ${piece.batchNumber} · Exp ${expiryOnPack(piece.expiry)}`,
    { size: 9, weight: 'semibold' },
  ],
  [piece.manufacturer, { size: 6.5, colour: ink.soft }],
  [seller.tradeName, { size: 7.5, weight: 'semibold' }],
  [[...seller.addressLines, seller.pin].join(', '), { size: 6.5 }],
  [seller.drugLicences.join('\n'), { size: 6 }],
]
