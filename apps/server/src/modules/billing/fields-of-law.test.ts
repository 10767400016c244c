import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printedSample } from '#test/printed-for-tests'
import { wordsOnPaper } from '#test/words-on-paper-for-tests'
import { drawDocument } from './draw-document.ts'
import type { PrintedDocument } from './printed-document.ts'

// One document is the retail memo of Drugs Rules 65(4)(3) and the invoice of CGST rule 46: field by field.

const writtenOn = (document: PrintedDocument) => wordsOnPaper(() => drawDocument(document))

const fields: readonly (readonly [field: string, ...printed: string[]])[] = [
  ['legal and trade name', 'SAMPLE Janta Medicals Private Limited', 'Janta Pharmacy (SAMPLE)'],
  ['address of the seller', '1 Invented Road', '452001'],
  ['GSTIN of the seller', 'GSTIN 23AAAAA0000A1Z'],
  ['drug licences', '20: SAMPLE/MP/20/0001', '21: SAMPLE/MP/21/0001', '20F: SAMPLE/MP/20F/0001'],
  ['FSSAI number, for food is on it', 'FSSAI 10000000000000'],
  ['title', 'Invoice-cum-Bill of Supply'],
  ['serial number', 'JM/26-27/0000123'],
  ['date and time in India', '22-11-2026 20:15 IST'],
  ['recipient and address', 'Sunita Sample', '12 Invented Lane', 'Indore 452001'],
  ['state and its code', 'State: 23 Madhya Pradesh'],
  ['brand, strength, form and pack', 'Atorsample 20 mg tablets', 'strip of 15 tablets'],
  ['quantity, loose units too', '1 + 7 of 10'],
  ['unit quantity code', '17 TBS'],
  ['batch, expiry and maker', 'SMPL1A', '04/2028', 'Invented Laboratories Ltd'],
  ['schedule mark', 'H', 'H1'],
  ['HSN and SAC', 'HSN 3004', 'SAC 9968'],
  ['MRP, discount and net of a line', '248.90', '95.81', '401.99'],
  ['taxable value of a line', '382.85'],
  ['rate and tax of a line', '5%', '9.57'],
  ['summary by rate', '5% (2.5% + 2.5%)', '1,347.31', '33.68', '18% (9% + 9%)', '50.08', 'Nil'],
  ['place of supply', 'Place of supply', '23 Madhya Pradesh'],
  ['reverse charge', 'Reverse charge', 'No'],
  ['prescriber and patient', 'Prescriber: Dr R. Invented', 'Patient: Sunita Sample'],
  ['serial of the register', 'H1/26-27/0042'],
  ['pharmacist and registration', 'Asha Sample', 'SAMPLE-MP-12345'],
  ['signature', 'Issued by computer and valid without a signature'],
  ['amount in words', 'Rupees two thousand two hundred fifty only'],
  ['rounding', 'Rounding', '0.22'],
  ['mode of payment', 'Cash on delivery'],
  ['total', '2,250.00'],
]

test('every field the drug rules and the GST rules ask for is on the page', async () => {
  const page = await writtenOn(printedSample())
  for (const [field, ...printed] of fields) {
    for (const one of printed) assert.ok(page.includes(one), `${field}: ${one} is not printed`)
  }
})

test('a registered buyer’s GSTIN and the tax of another state are printed, and no halves then', async () => {
  const recipient = { ...printedSample().recipient, gstin: '27AAPFU0939F1ZV' }
  const page = await writtenOn({ ...printedSample({ isInter: true }), recipient })
  for (const one of ['27AAPFU0939F1ZV', 'IGST', '27 Maharashtra'])
    assert.ok(page.includes(one), one)
  assert.ok(!page.includes('CGST'))
})

test('the mode of payment names store credit where it paid, alone or before another', async () => {
  for (const [creditPart, isCredit, isCash] of [
    ['none', false, true],
    ['part', true, true],
    ['whole', true, false],
  ] as const) {
    const page = await writtenOn(printedSample({ creditPart }))
    assert.equal(page.includes('Store credit'), isCredit)
    assert.equal(page.includes('Cash on delivery'), isCash)
  }
})
