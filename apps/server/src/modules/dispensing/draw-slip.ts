import { expiryOnPack, ink, inner, momentInIndia, openPen, page, type Pen } from '#modules/billing'
import { quantityIn } from './directions-words.ts'
import type { FoundSupply, SupplyItem } from './find-supply.ts'

const columns = [
  ['#', 24],
  ['Medicine', 210],
  ['Batch', 92],
  ['Expiry', 60],
  ['Packs', 50],
  ['Patient · register no.', 91],
] as const
const lastY = page.height - 120

/** What lies in the bag, batch by batch, for who packs it, who hands it over and who opens it. */
export async function drawSlip({ items, invoice }: FoundSupply): Promise<Buffer> {
  const { seller, recipient } = invoice
  const pen = openPen({
    title: `Pack slip ${invoice.number}`,
    author: seller.legalName,
    at: invoice.issuedAt,
  })
  let y = drawHead(pen, { items, invoice })
  y = drawColumns(pen, y)
  items.forEach((item, at) => {
    const height = heightOf(pen, item)
    if (y + height > lastY) {
      pen.newPage()
      y = drawColumns(pen, page.margin)
    }
    drawItem(pen, item, at + 1, y)
    y += height
    pen.rule(y - 3)
  })
  drawFoot(pen, items, y + 10)
  pen.onEveryPage((number, of) =>
    pen.write(
      `${recipient.name} · ${invoice.number} · Page ${number} of ${of}`,
      { x: inner.left, y: page.height - 34, width: inner.right - inner.left },
      { size: 7.5, colour: ink.soft },
    ),
  )
  return await pen.finish()
}

function drawHead(pen: Pen, { invoice }: Pick<FoundSupply, 'items' | 'invoice'>): number {
  const { seller, recipient } = invoice
  pen.box({ x: 0, y: 0, width: page.width, height: 6 }, ink.neem)
  const half = (inner.right - inner.left - 16) / 2
  const right = inner.left + half + 16
  let y = 22
  y += pen.write(
    'Pack slip',
    { x: inner.left, y, width: half },
    { size: 19, weight: 'bold', colour: ink.neem },
  )
  y += pen.write(
    seller.tradeName,
    { x: inner.left, y, width: half },
    { size: 10, weight: 'semibold' },
  )
  y += pen.write(
    [...seller.addressLines, seller.pin].join(', '),
    { x: inner.left, y, width: half },
    { size: 8 },
  )
  y += pen.write(
    seller.drugLicences.join(' · '),
    { x: inner.left, y, width: half },
    { size: 8, colour: ink.soft },
  )
  let other = 24
  const put = (text: string, style: Parameters<Pen['write']>[2]) => {
    other += pen.write(text, { x: right, y: other, width: half }, style)
  }
  put(recipient.name, { size: 13, weight: 'bold' })
  put([...recipient.addressLines, `${recipient.district} ${recipient.pin}`].join(', '), { size: 9 })
  put(`Invoice ${invoice.number}`, { size: 9, weight: 'semibold' })
  put(momentInIndia(invoice.issuedAt), { size: 8, colour: ink.soft })
  return Math.max(y, other) + 14
}

function drawColumns(pen: Pen, y: number): number {
  pen.box({ x: inner.left, y, width: inner.right - inner.left, height: 18 }, ink.neem)
  eachCell(
    columns.map(([name]) => name),
    (text, place) =>
      pen.write(text, { ...place, y: y + 4 }, { size: 8, weight: 'semibold', colour: '#ffffff' }),
  )
  return y + 24
}

function cellsOf(item: SupplyItem, place: number): string[] {
  const { paper, pack } = item
  return [
    String(place),
    pack.name,
    item.batchNumber,
    expiryOnPack(item.expiry),
    amountOf(item),
    paper ? `${paper.patientName} · ${paper.serial}` : '',
  ]
}

/** Packs; where a strip was cut also what they come to, because the bag is counted by it. */
function amountOf({ packs, units, pack }: SupplyItem): string {
  return units === packs * pack.unitsPerPack
    ? String(packs)
    : `${packs} (${quantityIn(units, pack.baseUnit, 'en')})`
}

const cellStyle = { size: 9.5, weight: 'semibold' } as const
const detailStyle = { size: 8, colour: ink.soft } as const
const detailOf = ({ pack }: SupplyItem) => `${pack.packLabel} · ${pack.manufacturer}`

function heightOf(pen: Pen, item: SupplyItem): number {
  const widths = columns.map(([, width]) => width - 8)
  const tallest = Math.max(
    ...cellsOf(item, 1).map((text, at) => pen.heightOf(text, widths[at]!, cellStyle)),
  )
  return tallest + pen.heightOf(detailOf(item), widths[1]!, detailStyle) + 8
}

function drawItem(pen: Pen, item: SupplyItem, place: number, y: number): void {
  eachCell(cellsOf(item, place), (text, at, column) => {
    const took = pen.write(text, { ...at, y }, cellStyle)
    if (column === 1) pen.write(detailOf(item), { ...at, y: y + took }, detailStyle)
  })
}

function eachCell(
  texts: readonly string[],
  draw: (text: string, at: { x: number; width: number }, column: number) => void,
): void {
  let x: number = inner.left + 4
  texts.forEach((text, column) => {
    const width = columns[column]![1]
    draw(text, { x, width: width - 8 }, column)
    x += width
  })
}

function drawFoot(pen: Pen, items: readonly SupplyItem[], y: number): void {
  const packs = items.reduce((sum, item) => sum + item.packs, 0)
  const width = inner.right - inner.left
  pen.write(
    `${packs} ${packs === 1 ? 'pack' : 'packs'} in this bag`,
    { x: inner.left, y, width },
    { size: 12, weight: 'bold' },
  )
  const signed = items.find(item => item.paper)?.paper
  if (signed) {
    const by = `Dispensed under ${signed.pharmacistName}, registered pharmacist, Reg. ${signed.pharmacistRegistration}`
    pen.write(by, { x: inner.left, y: y + 20, width }, { size: 8.5 })
  }
  pen.write(
    'Packed by: ____________________     Checked by: ____________________',
    { x: inner.left, y: y + 44, width },
    { size: 9, colour: ink.soft },
  )
}
