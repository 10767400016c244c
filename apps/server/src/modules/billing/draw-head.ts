import { stateOfCode } from './place-of-supply.ts'
import { type Say, sayReason, words } from './document-words.ts'
import { inner, ink, type Pen } from './page-pen.ts'
import { hasFood, type PrintedDocument } from './printed-document.ts'
import { momentInIndia } from './printed-figures.ts'

const titleWidth = 250
const half = (inner.right - inner.left - 12) / 2

/** Who sells, what the document is, to whom it goes. Answers where the lines may begin. */
export function drawHead(pen: Pen, document: PrintedDocument, say: Say): number {
  const { seller } = document
  const right = inner.right - titleWidth
  pen.box({ x: 0, y: 0, width: 596, height: 6 }, ink.neem)
  const nameWidth = right - inner.left - 10
  const style = { size: 19, weight: 'bold', colour: ink.neem } as const
  const name = pen.write(seller.tradeName, { x: inner.left, y: 22, width: nameWidth }, style)
  const [english, hindi] = words[document.kind]
  let y = 24
  const put = (text: string, style: Parameters<Pen['write']>[2]) => {
    y += pen.write(text, { x: right, y, width: titleWidth }, { ...style, align: 'right' })
  }
  put(english, { size: 15, weight: 'bold' })
  if (document.language === 'hi') put(hindi, { size: 13, weight: 'bold' })
  put(say('original'), { size: 8, colour: ink.soft })
  const top = 6 + Math.max(name + 22, y)
  const facts = drawFacts(pen, document, say, top)
  return drawParties(pen, document, say, facts + 8) + 10
}

/** The mode of payment: store credit is one, alone or before another. */
function paidBy({ creditPart, paymentMethod }: PrintedDocument, say: Say): string {
  if (creditPart === 'whole') return say('storeCredit')
  return creditPart === 'part' ? `${say('storeCredit')}; ${say(paymentMethod)}` : say(paymentMethod)
}

function drawFacts(pen: Pen, document: PrintedDocument, say: Say, y: number): number {
  const { placeOfSupply, credits } = document
  const state = stateOfCode(placeOfSupply)
  const facts: [string, string][] = [
    [say('number'), document.number],
    [say('date'), momentInIndia(document.issuedAt)],
    [say('placeOfSupply'), `${placeOfSupply} ${state?.name ?? ''}`],
    credits
      ? [
          say('againstInvoice'),
          `${credits.number}, ${momentInIndia(credits.issuedAt).slice(0, 10)}`,
        ]
      : [say('payment'), paidBy(document, say)],
    [say('reverseCharge'), say('no')],
  ]
  const shares = [0.19, 0.22, 0.23, 0.2, 0.16]
  const width = inner.right - inner.left
  const height = tallest(
    pen,
    facts,
    shares.map(share => share * width - 12),
  )
  pen.box({ x: inner.left, y, width, height: height + 8 }, ink.tint)
  let x = inner.left
  facts.forEach(([label, value], at) => {
    const column = shares[at]! * width
    const took = pen.write(
      label,
      { x: x + 6, y: y + 4, width: column - 10 },
      { size: 7, colour: ink.soft },
    )
    pen.write(
      value,
      { x: x + 6, y: y + 4 + took, width: column - 10 },
      { size: 9, weight: 'semibold' },
    )
    x += column
  })
  return y + height + 8
}

function tallest(pen: Pen, facts: readonly [string, string][], widths: readonly number[]): number {
  return Math.max(
    ...facts.map(
      ([label, value], at) =>
        pen.heightOf(label, widths[at]!, { size: 7 }) +
        pen.heightOf(value, widths[at]!, { size: 9, weight: 'semibold' }),
    ),
  )
}

function drawParties(pen: Pen, document: PrintedDocument, say: Say, y: number): number {
  const { seller, recipient, placeOfSupply, credits } = document
  const sellerState = stateOfCode(seller.stateCode)
  const state = stateOfCode(placeOfSupply)
  const left = drawParty(pen, { x: inner.left, y }, say('seller'), seller.legalName, [
    ...seller.addressLines,
    `PIN ${seller.pin} · ${say('state')}: ${seller.stateCode} ${sellerState?.name ?? ''}`,
    `GSTIN ${seller.gstin}`,
    say('licences'),
    ...inPairs(seller.drugLicences),
    ...(seller.fssaiNumber && hasFood(document.lines) ? [`FSSAI ${seller.fssaiNumber}`] : []),
    [seller.phone, seller.email].filter(Boolean).join(' · '),
  ])
  const right = drawParty(pen, { x: inner.left + half + 12, y }, say('recipient'), recipient.name, [
    ...recipient.addressLines,
    `${recipient.district} ${recipient.pin}`,
    `${say('state')}: ${placeOfSupply} ${state?.name ?? ''}`,
    ...(recipient.gstin ? [`GSTIN ${recipient.gstin}`] : []),
    ...(credits ? [`${say('reason')}: ${sayReason(credits.reason, say)}`] : []),
  ])
  return Math.max(left, right)
}

function drawParty(
  pen: Pen,
  at: { x: number; y: number },
  label: string,
  name: string,
  lines: readonly string[],
): number {
  const { x } = at
  let { y } = at
  const put = (text: string, style: Parameters<Pen['write']>[2]) => {
    y += pen.write(text, { x, y, width: half }, style)
  }
  put(label, { size: 7, colour: ink.soft })
  put(name, { size: 10, weight: 'semibold' })
  for (const line of lines) if (line !== '') put(line, { size: 8.5 })
  return y
}

function inPairs(texts: readonly string[]): string[] {
  return texts.flatMap((text, at) =>
    at % 2 === 0 ? [[text, texts[at + 1]].filter(Boolean).join(' · ')] : [],
  )
}
