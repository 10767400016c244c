import { amountInEnglish, amountInHindi } from './amount-in-words.ts'
import type { Say } from './document-words.ts'
import { inner, ink, page, type Pen } from './page-pen.ts'
import { type PrintedDocument, totalsByRate } from './printed-document.ts'
import { percent, rupees } from './printed-figures.ts'

const sumsWidth = 205
const gap = 14
const footHeight = 32

/** Sums, tax by rate, the amount in words and who answers for the goods; kept together on one page. */
export function drawFoot(pen: Pen, document: PrintedDocument, say: Say, from: number): void {
  const needed = heightNeeded(document)
  let y = from + 8
  if (y + needed > page.height - footHeight) {
    pen.newPage()
    y = page.margin
  }
  const sumsEnd = drawSums(pen, document, say, y)
  const ratesEnd = drawRates(pen, document, say, y)
  drawWords(pen, document, say, Math.max(sumsEnd, ratesEnd) + 8)
}

/** An upper bound, so that the foot never runs into the page's edge. */
function heightNeeded(document: PrintedDocument): number {
  const rows = Math.max(6, totalsByRate(document.lines).length + 1)
  return rows * 13.5 + 36 + (document.language === 'hi' ? 72 : 58)
}

function drawSums(pen: Pen, document: PrintedDocument, say: Say, from: number): number {
  const x = inner.right - sumsWidth
  const half = document.split === 'intra_union' ? 'UTGST' : 'SGST'
  const isNote = document.kind === 'credit_note'
  const rows: [string, number][] = [
    ...(isNote
      ? []
      : ([
          [say('mrpTotal'), document.grossPaise],
          [say('discount'), -document.discountPaise],
        ] as [string, number][])),
    [say('taxableTotal'), document.taxablePaise],
    ...(document.split === 'inter'
      ? ([['IGST', document.igstPaise]] as [string, number][])
      : ([
          ['CGST', document.cgstPaise],
          [half, document.sgstPaise],
        ] as [string, number][])),
    ...(document.roundOffPaise === 0
      ? []
      : ([[say('roundOff'), document.roundOffPaise]] as [string, number][])),
  ]
  let y = from
  for (const [label, paise] of rows) {
    pen.write(label, { x, y, width: 120 }, { colour: ink.soft })
    pen.write(rupees(paise), { x: x + 110, y, width: sumsWidth - 116 }, { align: 'right' })
    y += 13.5
  }
  pen.box({ x: x - 8, y: y + 2, width: sumsWidth + 8, height: 24 }, ink.neem)
  const white = { colour: '#ffffff', weight: 'bold' } as const
  const label = say(isNote ? 'toRefund' : 'toPay')
  pen.write(label, { x, y: y + 6, width: 130 }, { ...white, size: 10 })
  const amount = `₹ ${rupees(document.totalPaise)}`
  pen.write(
    amount,
    { x: x + 90, y: y + 4, width: sumsWidth - 96 },
    { ...white, size: 12, align: 'right' },
  )
  return y + 28
}

function drawRates(pen: Pen, document: PrintedDocument, say: Say, from: number): number {
  const width = inner.right - inner.left - sumsWidth - gap - 8
  const second = document.split === 'intra_union' ? 'UTGST' : 'SGST'
  const isInter = document.split === 'inter'
  const heads = isInter
    ? [say('byRate'), say('taxable'), 'IGST']
    : [say('byRate'), say('taxable'), 'CGST', second]
  const first = document.language === 'hi' ? 110 : 70
  const column = (width - first) / (heads.length - 1)
  const put = (cells: readonly string[], y: number, style: Parameters<Pen['write']>[2]) =>
    cells.forEach((cell, at) => {
      const x = inner.left + (at === 0 ? 0 : first + column * (at - 1))
      const align = at === 0 ? 'left' : 'right'
      pen.write(cell, { x, y, width: (at === 0 ? first : column) - 4 }, { ...style, align })
    })
  put(heads, from, { size: 7.5, colour: ink.soft })
  let y = from + 13
  pen.rule(y, inner.left, inner.left + width)
  for (const rate of totalsByRate(document.lines)) {
    const name = rate.rateBasisPoints === 0 ? say('nil') : percent(rate.rateBasisPoints)
    const taxes = isInter ? [rate.igstPaise] : [rate.cgstPaise, rate.sgstPaise]
    const { rateBasisPoints } = rate
    const isHalved = !isInter && rateBasisPoints > 0 && rateBasisPoints % 2 === 0
    const half = isHalved ? percent(rateBasisPoints / 2) : ''
    const named = isHalved ? `${name} (${half} + ${half})` : name
    put([named, ...[rate.taxablePaise, ...taxes].map(rupees)], y + 2, { size: 8.5 })
    y += 13.5
  }
  return y
}

function drawWords(pen: Pen, document: PrintedDocument, say: Say, from: number): void {
  const width = inner.right - inner.left
  const { pharmacist, language, totalPaise } = document
  pen.rule(from)
  let y = from + 5
  const put = (text: string, style: Parameters<Pen['write']>[2] = {}) => {
    y += pen.write(text, { x: inner.left, y, width }, style)
  }
  put(`${say('inWords')}: ${amountInEnglish(totalPaise)}`, { size: 9, weight: 'semibold' })
  if (language === 'hi') put(amountInHindi(totalPaise), { size: 9.5, weight: 'semibold' })
  y += 5
  if (pharmacist && document.kind !== 'credit_note') {
    put(
      `${say('dispensedBy')}: ${pharmacist.name}, ${say('registration')} ${pharmacist.registration}`,
    )
  }
  put(`${document.seller.legalName}. ${say('signed')} ${say('taxInside')}`, {
    size: 8,
    colour: ink.soft,
  })
}

/** Which page of which document this is, and that a sample is one. */
export function drawMargins(pen: Pen, document: PrintedDocument, say: Say): void {
  const y = page.height - 24
  const width = inner.right - inner.left
  const quiet = { size: 7.5, colour: ink.soft } as const
  pen.onEveryPage((number, of) => {
    pen.write(document.number, { x: inner.left, y, width }, quiet)
    const place = `${say('page')} ${number}/${of}`
    pen.write(place, { x: inner.left, y, width }, { ...quiet, align: 'right' })
    if (document.seller.isSample) pen.slanted(say('sample'))
  })
}
