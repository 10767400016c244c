import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Review } from '@janta/contracts'
import {
  addPaper,
  cutOf,
  dayPatterns,
  paperAt,
  papersMax,
  sheetOf,
  suggestDirections,
  worksheetOf,
} from './sheet.ts'

const line = (number: number, more: Partial<Review['lines'][number]> = {}) => ({
  line: number,
  medicineId: `m${number}`,
  name: `Testine ${number}`,
  composition: 'Testium 10 mg',
  packLabel: 'strip of 15 tablets',
  baseUnit: 'tablet',
  unitsPerPack: 15,
  schemes: ['H' as const],
  askedPacks: 2,
  verdict: null,
  approvedPacks: null,
  approvedUnits: null,
  mayBeCut: true,
  code: null,
  note: null,
  itemId: null,
  ...more,
})
const review = {
  lines: [line(1), line(2), line(3)],
  prescriptions: [],
  revoked: [],
  earlier: [],
  patient: null,
  customer: { name: 'Sunita Sample', address: '12 Invented Lane' },
} as unknown as Review

test('an untouched sheet says nothing of any line and sends no paper', () => {
  const sheet = sheetOf(review)
  const sent = worksheetOf(sheet, 3)
  assert.deepEqual([sent.version, sent.prescriptions], [3, []])
  assert.ok(
    sent.lines.every(one => one.verdict === null && one.packs === null && one.item === null),
  )
  assert.equal(sheet.papers[0]?.patient.name, 'Sunita Sample')
})

test('supplied lines make the items of the paper in their order; a refused one and an earlier one make none', () => {
  const sheet = sheetOf(review)
  sheet.lines[0]!.verdict = 'refused'
  sheet.lines[0]!.code = 'drug_not_on_rx'
  Object.assign(sheet.lines[1]!, { verdict: 'reduced', packs: 1, code: 'qty_exceeds' })
  sheet.lines[2]!.verdict = 'approved'
  const { prescriptions, lines } = worksheetOf(sheet, 1)
  assert.deepEqual(
    prescriptions[0]?.items.map(item => item.written),
    ['Testine 2', 'Testine 3'],
  )
  assert.deepEqual(
    lines.map(one => [one.packs, one.code, one.item]),
    [
      [null, 'drug_not_on_rx', null],
      [1, 'qty_exceeds', { prescription: 0, item: 0 }],
      [2, null, { prescription: 0, item: 1 }],
    ],
  )
  Object.assign(sheet.lines[2]!, { itemId: 'earlier' })
  assert.deepEqual(worksheetOf(sheet, 1).lines[2]?.item, { itemId: 'earlier' })
})

test('a revoked reading is mended, not typed again, and what was supplied on it counts', () => {
  const revoked = {
    id: 'revoked',
    prescriber: { name: 'Dr N. Sample' },
    patient: { name: 'Sunita Sample' },
    issuedOn: '2026-01-05',
    items: [{ id: 'item', medicineId: 'm2', written: 'Tab Testine', repeat: { times: null } }],
  }
  const sheet = sheetOf({ ...review, revoked: [revoked] } as unknown as Review)
  const [mended] = sheet.papers
  assert.deepEqual([mended?.prescriber.name, mended?.issuedOn], ['Dr N. Sample', '2026-01-05'])
  for (const row of sheet.lines) row.verdict = 'approved'
  const [paper] = worksheetOf(sheet, 1).prescriptions
  assert.equal(paper?.replacesId, 'revoked')
  assert.deepEqual(
    paper?.items.map(item => item.replacesItemId),
    [null, 'item', null],
  )
})

test('a teleconsultation is sent with the list each medicine stands on', () => {
  const sheet = sheetOf(review)
  sheet.papers[0]!.tele = { mode: 'video', consultation: 'first', hasConsent: true }
  Object.assign(sheet.lines[0]!, { verdict: 'approved', teleList: 'A' })
  const [paper] = worksheetOf(sheet, 1).prescriptions
  assert.deepEqual(
    [paper?.tele, paper?.items[0]?.teleList],
    [{ mode: 'video', consultation: 'first', hasConsent: true }, 'A'],
  )
})

test('a key suggests a day’s doses for as long as what was asked for lasts', () => {
  const days = dayPatterns.map(pattern => {
    const directions = suggestDirections(pattern, { askedPacks: 2, unitsPerPack: 15 })
    return directions.kind === 'daily' && directions.days
  })
  assert.deepEqual(days, [30, 15, 10, 7, 30])
  const few = suggestDirections([4, 4, 4], { askedPacks: 1, unitsPerPack: 1 })
  assert.deepEqual(few.kind === 'daily' && few.days, 1)
})

test('two papers carry one order: each line stands on the one that was open, an empty one is not sent', () => {
  const sheet = sheetOf(review)
  Object.assign(sheet.lines[0]!, { verdict: 'approved' })
  assert.ok(addPaper(sheet, review))
  assert.equal(sheet.open, 1)
  assert.ok(addPaper(sheet, review))
  Object.assign(sheet.papers[2]!, { issuedOn: '2026-01-06' })
  Object.assign(sheet.lines[1]!, { verdict: 'approved', paper: 2 })
  Object.assign(sheet.lines[2]!, { verdict: 'approved', paper: 2 })
  const sent = worksheetOf(sheet, 1)
  assert.deepEqual(
    sent.prescriptions.map(one => [one.issuedOn, one.items.map(item => item.written)]),
    [
      [null, ['Testine 1']],
      ['2026-01-06', ['Testine 2', 'Testine 3']],
    ],
  )
  assert.deepEqual(
    sent.lines.map(one => one.item),
    [
      { prescription: 0, item: 0 },
      { prescription: 1, item: 0 },
      { prescription: 1, item: 1 },
    ],
  )
  assert.equal(paperAt(sheet, 1), 2, 'what is said of the second paper sent is said of the third')
  while (sheet.papers.length < papersMax) assert.ok(addPaper(sheet, review))
  assert.equal(addPaper(sheet, review), false)
})

test('two papers saved before are two again, each line on its own', () => {
  const item = (id: string) => ({ id, medicineId: 'm', written: id, repeat: { times: null } })
  const saved = {
    ...review,
    prescriptions: [
      { issuedOn: '2026-01-05', items: [item('a')] },
      { issuedOn: '2026-01-06', items: [item('b')] },
    ],
    lines: [line(1, { itemId: 'b' }), line(2, { itemId: 'a' })],
  }
  const sheet = sheetOf(saved as unknown as Review)
  assert.deepEqual(
    sheet.papers.map(one => one.issuedOn),
    ['2026-01-05', '2026-01-06'],
  )
  assert.deepEqual(
    sheet.lines.map(one => one.paper),
    [1, 0],
  )
})

test('a line is cut to what is prescribed only where that is a piece of what was asked for', () => {
  const asked = { askedPacks: 2, unitsPerPack: 15, mayBeCut: true }
  assert.deepEqual(cutOf(asked, 20), { packs: 2, units: 20 })
  assert.deepEqual(cutOf(asked, 4), { packs: 1, units: 4 })
  for (const whole of [null, 0, 15, 30, 45]) assert.equal(cutOf(asked, whole), null)
  assert.equal(cutOf({ ...asked, mayBeCut: false }, 20), null)
})

test('the units of a cut are sent with a reduction, and read back; a whole approval sends none', () => {
  const sheet = sheetOf(review)
  Object.assign(sheet.lines[0]!, { verdict: 'reduced', packs: 2, units: 20, code: 'qty_exceeds' })
  Object.assign(sheet.lines[1]!, { verdict: 'approved', units: 20 })
  const { lines } = worksheetOf(sheet, 1)
  assert.deepEqual(
    lines.map(one => [one.packs, one.units]),
    [
      [2, 20],
      [2, null],
      [null, null],
    ],
  )
  const cut = { verdict: 'reduced', approvedPacks: 2, approvedUnits: 20 } as const
  const read = sheetOf({ ...review, lines: [line(1, cut)] })
  assert.deepEqual([read.lines[0]?.packs, read.lines[0]?.units], [2, 20])
})
