import { type Say, sayFor } from './document-words.ts'
import { inner, ink, page, type Pen, type Style } from './page-pen.ts'
import type { PrintedDocument, PrintedLine } from './printed-document.ts'
import { expiryOnPack, percent, quantityOf, rupees } from './printed-figures.ts'

interface Column {
  readonly label: string
  readonly width: number
  readonly align: 'left' | 'right'
  readonly of: (line: PrintedLine, place: number) => string
}

const lastY = page.height - 60
const gap = 5

/** The table of what was sold, its head again on each page. Answers where it ended. */
export function drawLines(pen: Pen, document: PrintedDocument, say: Say, from: number): number {
  const columns = columnsOf(document, sayFor(document, '\n'))
  let y = drawTop(pen, columns, from)
  document.lines.forEach((line, at) => {
    const details = detailsOf(line, say, document.seller.hsnDigits)
    const height = heightOf(pen, columns, line, details)
    if (y + height > lastY) {
      pen.newPage()
      y = drawTop(pen, columns, page.margin)
    }
    drawLine(pen, columns, { line, place: at + 1, details, y })
    y += height
    pen.rule(y - 2)
  })
  return y
}

function columnsOf(document: PrintedDocument, say: Say): Column[] {
  const isInter = document.split === 'inter'
  const half = document.split === 'intra_union' ? 'UTGST' : 'SGST'
  const money = (label: string, width: number, of: (line: PrintedLine) => number): Column => ({
    label,
    width,
    align: 'right',
    of: line => rupees(of(line)),
  })
  const taxes = isInter
    ? [money('IGST', 44, line => line.igstPaise)]
    : [money('CGST', 38, line => line.cgstPaise), money(half, 38, line => line.sgstPaise)]
  const rest: Column[] = [
    { label: say('quantity'), width: 44, align: 'right', of: quantityOf },
    money(say('mrp'), 46, line => line.mrpPaise),
    money(say('discount'), 46, line => line.discountPaise),
    money(say('taxable'), 52, line => line.taxablePaise),
    {
      label: say('rate'),
      width: 32,
      align: 'right',
      of: line => percent(line.rateBasisPoints),
    },
    ...taxes,
    money(say('total'), 54, line => line.netPaise),
  ]
  const taken = rest.reduce((sum, column) => sum + column.width, 18)
  return [
    { label: '#', width: 18, align: 'left', of: (_, place) => String(place) },
    {
      label: say('item'),
      width: inner.right - inner.left - taken,
      align: 'left',
      of: line => nameOf(line, document),
    },
    ...rest,
  ]
}

/** What has no batch is the fee for delivery, the one thing on a document that is no goods. */
function nameOf(line: PrintedLine, document: PrintedDocument): string {
  return line.batchNumber === null ? sayFor(document)('delivery') : line.description
}

const headStyle = { size: 7, weight: 'semibold', colour: '#ffffff' } as const
const itemStyle = { size: 9, weight: 'semibold' } as const
const figureStyle = { size: 8.5 } as const
const detailStyle = { size: 7.5, colour: ink.soft } as const

function drawTop(pen: Pen, columns: readonly Column[], y: number): number {
  const height = Math.max(
    ...columns.map(({ label, width }) => pen.heightOf(label, width - gap, headStyle)),
  )
  pen.box({ x: inner.left, y, width: inner.right - inner.left, height: height + 6 }, ink.neem)
  eachColumn(columns, (column, x) => {
    pen.write(
      column.label,
      { x, y: y + 3, width: column.width - gap },
      { ...headStyle, align: column.align },
    )
  })
  return y + height + 10
}

function eachColumn(columns: readonly Column[], draw: (column: Column, x: number) => void): void {
  let x: number = inner.left + 3
  for (const column of columns) {
    draw(column, x)
    x += column.width
  }
}

/** Batch, expiry, maker and HSN of a line, and whose prescription it was. */
function detailsOf(line: PrintedLine, say: Say, hsnDigits: number): string[] {
  const hsn = `HSN ${line.hsn.slice(0, Math.max(hsnDigits, 4))}`
  if (line.batchNumber === null) return [hsn.replace('HSN', 'SAC')]
  const unit = `${line.uqcQuantity} ${line.uqc}`
  const batch = `${say('batch')} ${line.batchNumber} · ${say('expiry')} ${line.expiry ? expiryOnPack(line.expiry) : ''}`
  const prescribed = [
    line.prescriberName && `${say('prescriber')}: ${line.prescriberName}`,
    line.patientName && `${say('patient')}: ${line.patientName}`,
    line.registerSerial && `${say('register')} ${line.registerSerial}`,
  ].filter(Boolean)
  return [
    [line.packLabel, line.manufacturer].filter(Boolean).join(' · '),
    `${batch} · ${hsn} · ${unit}`,
    ...(prescribed.length > 0 ? [prescribed.join(' · ')] : []),
  ]
}

const markWidth = 22

function itemWidth(columns: readonly Column[], line: PrintedLine): number {
  return columns[1]!.width - gap - (line.schemeMark ? markWidth : 0)
}

function heightOf(
  pen: Pen,
  columns: readonly Column[],
  line: PrintedLine,
  details: readonly string[],
): number {
  const item = pen.heightOf(line.description, itemWidth(columns, line), itemStyle)
  const rest = details.map(text => pen.heightOf(text, detailWidth(columns), detailStyle))
  return rest.reduce((sum, one) => sum + one, item) + 6
}

/** The small print runs on under the figures that leave it room: quantity and MRP stand only on the first line. */
function detailWidth(columns: readonly Column[]): number {
  return columns[1]!.width + columns[2]!.width + columns[3]!.width - gap
}

function drawLine(
  pen: Pen,
  columns: readonly Column[],
  {
    line,
    place,
    details,
    y,
  }: { line: PrintedLine; place: number; details: readonly string[]; y: number },
): void {
  eachColumn(columns, (column, x) => {
    const isItem = column === columns[1]
    const width = isItem ? itemWidth(columns, line) : column.width - gap
    const style: Style = { ...(isItem ? itemStyle : figureStyle), align: column.align }
    const height = pen.write(column.of(line, place), { x, y, width }, style)
    if (!isItem) return
    if (line.schemeMark) drawMark(pen, line.schemeMark, { x: x + width + 2, y })
    let below = y + height
    for (const text of details) {
      below += pen.write(text, { x, y: below, width: detailWidth(columns) }, detailStyle)
    }
  })
}

/** The schedule of a medicine, as its label must show it. */
function drawMark(pen: Pen, mark: string, { x, y }: { x: number; y: number }): void {
  pen.frame({ x, y: y + 1.5, width: markWidth - 4, height: 11 })
  const at = { x, y: y + 1.5, width: markWidth - 4 }
  pen.write(mark, at, { size: 7, weight: 'bold', align: 'center' })
}
