import type { RegisterEntry } from '@janta/contracts'
import { expiryOnPack, ink, inner, momentInIndia, openPen, page, type Pen } from '#modules/billing'
import type { Day } from '#kernel/day'
import type { Register } from './register-coverage.ts'

export interface PrintedRegister {
  readonly register: Register
  readonly from: Day | null
  readonly to: Day | null
  /** What narrowed it to some of its entries, such as 'batch L3'; of a whole register nothing. */
  readonly only: readonly string[]
  readonly printedAt: Date
  readonly store: {
    readonly name: string
    readonly address: string
    readonly licences: readonly string[]
  }
  readonly entries: readonly RegisterEntry[]
}

const titles: Record<Register, readonly [string, string]> = {
  prescription: ['Prescription register', 'Drugs Rules 1945, rule 65(3)(1)'],
  h1: ['Schedule H1 register', 'Drugs Rules 1945, rule 65(3)(1)(h); kept three years'],
}
const columns = [
  ['Serial', 36],
  ['Date of supply', 52],
  ['Prescriber', 98],
  ['Patient', 98],
  ['Drug and quantity', 98],
  ['Maker, batch, expiry', 75],
  ['Pharmacist, remarks', 70],
] as const
const small = { size: 7.2 } as const
const bottom = page.height - 74

/** The register on A4 in the columns of the rule, in serial order; a void stands with its reason and what it voids. */
export async function drawRegister(printed: PrintedRegister): Promise<Buffer> {
  const { entries, register, printedAt, store } = printed
  const pen = openPen({ title: titles[register][0], author: store.name, at: printedAt })
  let y = drawHead(pen, printed)
  for (const entry of entries) {
    const cells = cellsOf(entry)
    const height = Math.max(...cells.map((text, at) => pen.heightOf(text, widthOf(at), small))) + 6
    if (y + height > bottom) {
      pen.newPage()
      y = drawColumns(pen, page.margin)
    }
    drawRow(pen, y, cells, isStruck(entry))
    y += height
    pen.rule(y - 2)
  }
  if (entries.length === 0) pen.write('No entry in this period.', { x: inner.left, y, width: 300 })
  pen.onEveryPage((number, of) => drawFoot(pen, printed, `Page ${number} of ${of}`))
  return await pen.finish()
}

const isStruck = (entry: RegisterEntry) => entry.kind === 'void' || entry.voidedBySerial !== null
const widthOf = (at: number) => (columns[at]?.[1] ?? 0) - 5

/** '2026-11-22' as it is written in India: '22-11-2026'. */
const onPaper = (day: string) => day.split('-').reverse().join('-')

function cellsOf(entry: RegisterEntry): string[] {
  const isApprovedByAnother =
    entry.approverRegistration !== null &&
    entry.approverRegistration !== entry.pharmacistRegistration
  const remarks = [
    isApprovedByAnother
      ? `Approved by ${entry.approverName}, Reg. ${entry.approverRegistration}`
      : '',
    entry.kind === 'void' ? `VOIDS No. ${entry.voidsSerial}: ${entry.voidReason}` : '',
    entry.voidedBySerial === null ? '' : `VOIDED by No. ${entry.voidedBySerial}`,
    entry.repeatsSerial === null ? '' : `Repeat of No. ${entry.repeatsSerial}`,
    entry.keptIn === 'memo_book' ? 'Kept in the memo book' : '',
  ]
  const lines = (...texts: (string | null)[]) => texts.filter(Boolean).join('\n')
  return [
    String(entry.serial),
    lines(onPaper(entry.suppliedOn), momentInIndia(new Date(entry.enteredAt)).slice(11)),
    lines(
      entry.prescriberName,
      entry.prescriberAddress,
      entry.prescriberRegistration && `Reg. ${entry.prescriberRegistration}`,
    ),
    lines(entry.patientName, entry.patientAddress),
    lines(entry.drugName, `${entry.units} ${entry.baseUnit}`, entry.schemes.join(' ')),
    lines(entry.manufacturer, `B. ${entry.batchNumber}`, `Exp ${expiryOnPack(entry.expiry)}`),
    lines(entry.pharmacistName, `Reg. ${entry.pharmacistRegistration}`, ...remarks),
  ]
}

function drawHead(pen: Pen, { register, store, from, to, only }: PrintedRegister): number {
  const [title, rule] = titles[register]
  const width = inner.right - inner.left
  let y: number = page.margin
  const put = (text: string, style: Parameters<Pen['write']>[2]) => {
    if (text !== '') y += pen.write(text, { x: inner.left, y, width }, style)
  }
  put(title, { size: 15, weight: 'bold', colour: ink.neem })
  put(rule, { size: 8, colour: ink.soft })
  put(store.name, { size: 10, weight: 'semibold' })
  put(store.address, { size: 8 })
  put(store.licences.join(' · '), { size: 8 })
  put(
    `Period: ${from ? onPaper(from) : 'from the first entry'} to ${to ? onPaper(to) : 'the last entry'}`,
    { size: 8 },
  )
  // A serial that is not on the paper would otherwise look like an entry somebody took out.
  if (only.length > 0) {
    put(`Extract, only: ${only.join('; ')}. Serials not shown belong to other entries.`, {
      size: 8,
      weight: 'semibold',
    })
  }
  return drawColumns(pen, y + 6)
}

function drawColumns(pen: Pen, y: number): number {
  pen.box({ x: inner.left, y, width: inner.right - inner.left, height: 16 }, ink.tint)
  const heads = columns.map(([name]) => name)
  writeCells(pen, y + 3, heads, { size: 7.2, weight: 'semibold' })
  return y + 19
}

function drawRow(pen: Pen, y: number, cells: readonly string[], struck: boolean): void {
  writeCells(pen, y, cells, struck ? { ...small, colour: ink.sample } : small)
}

function writeCells(
  pen: Pen,
  y: number,
  cells: readonly string[],
  style: Parameters<Pen['write']>[2],
): void {
  let x: number = inner.left + 2
  cells.forEach((text, at) => {
    pen.write(text, { x, y, width: widthOf(at) }, style)
    x += columns[at]?.[1] ?? 0
  })
}

function drawFoot(pen: Pen, { printedAt }: PrintedRegister, pages: string): void {
  const y = page.height - 58
  pen.rule(y)
  const place = { x: inner.left, y: y + 6, width: 300 }
  pen.write('Signature of the registered pharmacist, and date:', place, { size: 8 })
  pen.write(
    `${pages} · printed ${momentInIndia(printedAt)}`,
    { x: inner.right - 220, y: y + 6, width: 220 },
    { size: 7.5, colour: ink.soft, align: 'right' },
  )
}
