import { expiryOnPack, ink, openPen, type Pen } from '#modules/billing'
import { dayOf } from '#kernel/day'
import type { FoundSupply, SupplyItem } from './find-supply.ts'
import {
  type LabelDirections,
  labelDirections,
  type LabelLanguage,
  quantityIn,
  type Slot,
} from './directions-words.ts'
import { drawPictogram } from './pictograms.ts'

/** 100 by 80 mm, a usual size of label rolls. */
const label = { width: 283.5, height: 226.8, margin: 10 } as const
const left = label.margin
const inside = label.width - 2 * label.margin

const words = {
  en: {
    for: 'For',
    batch: 'Batch',
    expiry: 'Exp',
    register: 'Rx no.',
    pharmacist: 'Pharmacist',
    reg: 'Reg.',
  },
  hi: {
    for: 'मरीज़',
    batch: 'बैच',
    expiry: 'एक्सपायरी',
    register: 'रजि. क्र.',
    pharmacist: 'फ़ार्मासिस्ट',
    reg: 'पंजी.',
  },
} as const

/**
 * A label for each medicine supplied on prescription, one a page: the times of the day as pictures and in large type
 * in the customer's language, and what rule 65(19) wants beside it. It says what was coded and nothing else.
 */
export async function drawLabels(
  supply: FoundSupply,
  language: LabelLanguage,
): Promise<Buffer | null> {
  const items = supply.items.filter(item => item.paper && !item.paper.isVoid)
  const [first] = items
  if (!first) return null
  const pen = openPen({
    title: `Labels ${supply.invoice.number}`,
    author: supply.invoice.seller.legalName,
    at: first.packedAt,
    size: [label.width, label.height],
    language,
  })
  items.forEach((item, at) => {
    if (at > 0) pen.newPage()
    drawLabel(pen, supply, item, language)
  })
  return await pen.finish()
}

function drawLabel(
  pen: Pen,
  { invoice }: FoundSupply,
  item: SupplyItem,
  language: LabelLanguage,
): void {
  const say = words[language]
  const { paper, pack } = item
  const { seller } = invoice
  let y = 8
  pen.box({ x: 0, y: 0, width: label.width, height: 4 }, ink.neem)
  y += pen.write(
    seller.tradeName,
    { x: left, y, width: inside },
    { size: 9.5, weight: 'bold', colour: ink.neem },
  )
  const where = [...seller.addressLines, seller.pin].join(', ')
  y += pen.write(where, { x: left, y, width: inside }, { size: 6.5, colour: ink.soft })
  y += 2
  pen.rule(y, left, label.width - left)
  y += 3
  y += pen.write(pack.name, { x: left, y, width: inside }, { size: 14, weight: 'bold' })
  const whom = `${say.for}: ${paper?.patientName ?? ''}   ·   ${quantityIn(item.units, pack.baseUnit, language)}`
  y += pen.write(
    whom,
    { x: left, y, width: inside },
    { size: 9, weight: 'semibold', colour: ink.soft },
  )
  drawDirections(pen, labelDirections(paper?.directions ?? null, pack.baseUnit, language), y + 3)
  drawFoot(pen, item, say)
}

const footHeight = 26

function drawFoot(pen: Pen, item: SupplyItem, say: (typeof words)[LabelLanguage]): void {
  const { paper } = item
  const y = label.height - footHeight
  pen.rule(y - 2, left, label.width - left)
  const [year, month, day] = dayOf(item.packedAt).split('-')
  const batch = `${say.batch} ${item.batchNumber} · ${say.expiry} ${expiryOnPack(item.expiry)} · ${day}-${month}-${year}`
  const who = paper
    ? `${say.register} ${paper.serial} · ${say.pharmacist}: ${paper.pharmacistName} (${say.reg} ${paper.pharmacistRegistration})`
    : ''
  const took = pen.write(batch, { x: left, y, width: inside }, { size: 8, weight: 'semibold' })
  pen.write(who, { x: left, y: y + took, width: inside }, { size: 7, colour: ink.soft })
}

/** The middle of the label: rows of the day's times, or one picture with its sentence, then food and days. */
function drawDirections(pen: Pen, said: LabelDirections, from: number): void {
  const bottom = label.height - footHeight - 6
  let y = from
  const notesHeight = said.notes.length > 0 ? 22 : 0
  const room = bottom - notesHeight - y
  if (said.sentence !== null) {
    const size = 40
    const x = said.sign ? left + size + 10 : left
    if (said.sign) drawPictogram(pen, said.sign, { x: left, y: y + 4, size }, ink.neem)
    const style = { size: 20, weight: 'bold' } as const
    const width = inside - (x - left)
    const height = pen.heightOf(said.sentence, width, style)
    pen.write(said.sentence, { x, y: y + Math.max(2, (48 - height) / 2), width }, style)
    y += Math.max(52, height + 8)
  }
  const rowHeight = Math.min(78, room / Math.max(1, said.steps.length))
  for (const step of said.steps) {
    drawStep(pen, step.slots, step.heading, { y, height: rowHeight })
    y += rowHeight
  }
  if (said.notes.length === 0) return
  y = Math.min(y + 2, bottom - notesHeight)
  pen.box({ x: left, y, width: inside, height: 20 }, ink.tint)
  const x = said.hasFood ? left + 26 : left + 8
  const place = { x, y: y + 2, width: inside - (x - left) - 4 }
  const notes = said.notes.join('   ·   ')
  if (said.hasFood) drawPictogram(pen, 'plate', { x: left + 5, y: y + 2, size: 16 }, ink.neem)
  pen.write(notes, place, { size: sizeFor(pen, notes, place.width, noteSizes), weight: 'bold' })
}

/** As large as they can be on one line. */
const doseSizes = [15, 13, 11.5, 10, 9]
const noteSizes = [12, 11, 10, 9, 8]
const headingSizes = [10.5, 9.5, 8.5, 7.5]

/** Side by side: the hour's picture, its name, how much. What is not taken is a dash, so that a gap is seen as one. */
function drawStep(
  pen: Pen,
  slots: readonly Slot[],
  heading: string | null,
  at: { y: number; height: number },
): void {
  const headWidth = heading === null ? 0 : 66
  if (heading !== null) {
    const place = { x: left, y: at.y + at.height / 2 - 8, width: headWidth - 4 }
    const size = sizeFor(pen, heading, place.width, headingSizes)
    pen.write(heading, place, { size, weight: 'bold', colour: ink.neem })
  }
  const width = (inside - headWidth) / slots.length
  const isTall = at.height >= 66
  slots.forEach((slot, place) => {
    const x = left + headWidth + place * width
    const colour = slot.dose === '' ? ink.line : ink.neem
    const box = { x: x + 1.5, y: at.y + 1, width: width - 3, height: at.height - 3 }
    if (slot.dose !== '') pen.box(box, ink.tint)
    pen.frame(box)
    const dose = slot.dose === '' ? '–' : slot.dose
    if (isTall) {
      drawPictogram(pen, slot.sign, { x: x + width / 2 - 13, y: at.y + 5, size: 26 }, colour)
      const column = { x: x + 2, width: width - 4 }
      pen.write(
        slot.name,
        { ...column, y: at.y + 31 },
        { size: 9, colour: ink.soft, align: 'center' },
      )
      pen.write(
        dose,
        { ...column, y: at.y + 44 },
        { size: sizeFor(pen, dose, column.width, doseSizes), weight: 'bold', align: 'center' },
      )
      return
    }
    const size = Math.min(18, at.height - 8)
    drawPictogram(pen, slot.sign, { x: x + 4, y: at.y + (at.height - size) / 2, size }, colour)
    const text = { x: x + size + 6, y: at.y + at.height / 2 - 8, width: width - size - 9 }
    const short = slot.dose === '' ? '–' : slot.dose.split(' ')[0]!
    pen.write(short, text, { size: 12, weight: 'bold' })
  })
}

/** The first of the sizes in which a bold text stands on one line. */
function sizeFor(pen: Pen, text: string, width: number, sizes: readonly number[]): number {
  const fits = (size: number) => pen.heightOf(text, width, { size, weight: 'bold' }) < size * 2
  return sizes.find(fits) ?? sizes.at(-1)!
}
