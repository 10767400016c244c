import { csvRow } from '@janta/contracts'
import type { DocumentRate, Period, Sums } from './period-tables.ts'
import { stateOfCode } from './place-of-supply.ts'
import { percent } from './printed-figures.ts'

/** Rupees without groups, as a spreadsheet reads a number. */
export function plainRupees(paise: number): string {
  const [sign, size] = [paise < 0 ? '-' : '', Math.abs(paise)]
  return `${sign}${(size - (size % 100)) / 100}.${String(size % 100).padStart(2, '0')}`
}

const place = (code: string) => `${code}-${stateOfCode(code)?.name ?? ''}`
const sumHeads = ['taxable', 'igst', 'cgst', 'sgst']
const sumCells = (row: Sums) =>
  [row.taxablePaise, row.igstPaise, row.cgstPaise, row.sgstPaise].map(plainRupees)

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, ...rows].map(csvRow).join('')
}

const documentHeads = ['gstin', 'number', 'date', 'value', 'place_of_supply', 'rate', ...sumHeads]

function documentRows(rows: readonly DocumentRate[]) {
  return rows.map(row => [
    row.recipientGstin ?? '',
    row.number,
    row.issuedOn,
    plainRupees(row.valuePaise),
    place(row.placeOfSupply),
    percent(row.rateBasisPoints),
    ...sumCells(row),
  ])
}

/** One file a table of the return, by its name there. */
export function gstr1Csv(period: Period): { name: string; text: string }[] {
  const supplyType = (isInter: boolean) => (isInter ? 'inter' : 'intra')
  const buyer = (isRegistered: boolean) => (isRegistered ? 'registered' : 'unregistered')
  const notes = [...period.notesRegistered, ...period.notesLarge]
  return [
    { name: '4-b2b.csv', text: table(documentHeads, documentRows(period.registered)) },
    { name: '5-b2cl.csv', text: table(documentHeads, documentRows(period.large)) },
    {
      name: '7-b2cs.csv',
      text: table(
        ['supply', 'place_of_supply', 'rate', ...sumHeads],
        period.consumers.map(row => [
          supplyType(row.isInter),
          place(row.placeOfSupply),
          percent(row.rateBasisPoints),
          ...sumCells(row),
        ]),
      ),
    },
    {
      name: '8-nil.csv',
      text: table(
        ['supply', 'buyer', 'nil_rated'],
        period.nil.map(row => [
          supplyType(row.isInter),
          buyer(row.isRegistered),
          plainRupees(row.nilPaise),
        ]),
      ),
    },
    { name: '9b-notes.csv', text: table(documentHeads, documentRows(notes)) },
    {
      name: '12-hsn.csv',
      text: table(
        ['buyer', 'hsn', 'uqc', 'quantity', 'rate', ...sumHeads],
        period.hsn.map(row => [
          buyer(row.isRegistered),
          row.hsn,
          row.uqc,
          String(row.quantity),
          percent(row.rateBasisPoints),
          ...sumCells(row),
        ]),
      ),
    },
    {
      name: '13-documents.csv',
      text: table(
        ['kind', 'from', 'to', 'total', 'cancelled', 'net'],
        period.series.map(row => [
          row.kind,
          row.from,
          row.to,
          String(row.issued),
          String(row.cancelled),
          String(row.issued - row.cancelled),
        ]),
      ),
    },
  ]
}
