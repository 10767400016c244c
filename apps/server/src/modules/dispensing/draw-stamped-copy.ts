import { ink, inner, openPen, page, type Pen, type PrintedDocument } from '#modules/billing'
import { dayOf } from '#kernel/day'
import type { SupplyItem } from './find-supply.ts'

const stampHeight = 96
const picture = {
  x: inner.left,
  y: page.margin,
  width: inner.right - inner.left,
  height: page.height - 2 * page.margin - stampHeight - 10,
} as const

/**
 * The pages of a prescription with what rule 65(11)(c) has the seller note on it: name, address and day of dispensing,
 * and here the invoice, the register's serials and the pharmacist. Under the picture, so that nothing of it is covered.
 */
export async function drawStampedCopy(copy: {
  readonly pages: readonly Buffer[]
  readonly items: readonly SupplyItem[]
  readonly invoice: PrintedDocument
}): Promise<Buffer> {
  const { pages, invoice } = copy
  const pen = openPen({
    title: `Prescription dispensed on ${invoice.number}`,
    author: invoice.seller.legalName,
    at: invoice.issuedAt,
  })
  pages.forEach((bytes, at) => {
    if (at > 0) pen.newPage()
    pen.image(bytes, picture)
    drawStamp(pen, copy)
  })
  return await pen.finish()
}

function drawStamp(pen: Pen, { items, invoice }: Parameters<typeof drawStampedCopy>[0]): void {
  const { seller } = invoice
  const y = page.height - page.margin - stampHeight
  const box = { x: inner.left, y, width: inner.right - inner.left, height: stampHeight }
  pen.box(box, '#fbf6ee')
  pen.frame(box)
  pen.frame({ x: box.x + 3, y: y + 3, width: box.width - 6, height: stampHeight - 6 })
  const [year, month, day] = dayOf(invoice.issuedAt).split('-')
  const column = (box.width - 36) / 2
  const first = { x: inner.left + 12, width: column }
  const second = { x: inner.left + 24 + column, width: column }
  let at = y + 8
  at += pen.write(
    'DISPENSED',
    { ...first, y: at },
    { size: 17, weight: 'bold', colour: ink.sample },
  )
  at += pen.write(`${day}-${month}-${year}`, { ...first, y: at }, { size: 12, weight: 'bold' })
  at += pen.write(seller.legalName, { ...first, y: at }, { size: 8.5, weight: 'semibold' })
  pen.write([...seller.addressLines, seller.pin].join(', '), { ...first, y: at }, { size: 8 })
  const serials = [...new Set(items.flatMap(item => item.paper?.serial ?? []))].join(', ')
  const paper = items.find(item => item.paper)?.paper
  let beside = y + 12
  for (const text of [
    `Invoice ${invoice.number}`,
    `Prescription register no. ${serials}`,
    `Licences ${seller.drugLicences.join(' · ')}`,
    paper ? `${paper.pharmacistName}, registered pharmacist` : '',
    paper ? `Reg. ${paper.pharmacistRegistration}` : '',
  ]) {
    if (text !== '') beside += pen.write(text, { ...second, y: beside }, { size: 8 })
  }
}
