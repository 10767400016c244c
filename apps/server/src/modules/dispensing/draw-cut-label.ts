import { expiryOnPack, ink, openPen, type Seller } from '#modules/billing'
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
  let y = 6
  const put = (text: string, style: NonNullable<Parameters<typeof pen.write>[2]>) => {
    y += pen.write(text, { x: left, y, width }, style)
  }
  pen.box({ x: 0, y: 0, width: size[0], height: 3 }, ink.neem)
  put(piece.name, { size: 11, weight: 'bold' })
  put(quantityIn(piece.units, piece.baseUnit, 'en'), { size: 15, weight: 'bold', colour: ink.neem })
  put(`Batch ${piece.batchNumber} · Exp ${expiryOnPack(piece.expiry)}`, {
    size: 9,
    weight: 'semibold',
  })
  put(piece.manufacturer, { size: 6.5, colour: ink.soft })
  pen.rule(y + 1, left, size[0] - left)
  y += 3
  put(seller.tradeName, { size: 7.5, weight: 'semibold' })
  put([...seller.addressLines, seller.pin].join(', '), { size: 6.5 })
  put(seller.drugLicences.join(' · '), { size: 6 })
  return await pen.finish()
}
