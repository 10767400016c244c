import { downloadZip } from 'client-zip'
import type { ExportedList } from './export-list.ts'

const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const packageOf = 'http://schemas.openxmlformats.org/package/2006'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

const parts = {
  '[Content_Types].xml': `${head}<Types xmlns="${packageOf}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  '_rels/.rels': `${head}<Relationships xmlns="${packageOf}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="List" sheetId="1" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${packageOf}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
} as const

/**
 * A workbook of one sheet (ECMA-376). Texts are written as texts and never as formulas, so nothing a stranger wrote is
 * run by whoever opens the file; numbers stay numbers.
 */
export async function workbookOf(list: ExportedList): Promise<Blob> {
  const sheet: string[] = [`${head}<worksheet xmlns="${main}"><sheetData>`, rowOf(list.header)]
  for await (const rows of list.pages()) sheet.push(rows.map(rowOf).join(''))
  sheet.push('</sheetData></worksheet>')
  const files = Object.entries(parts).map(([name, input]) => ({ name, input }))
  const whole = downloadZip([
    ...files,
    { name: 'xl/worksheets/sheet1.xml', input: new Blob(sheet) },
  ])
  return new Blob([await whole.blob()], { type })
}

function rowOf(cells: readonly (string | number)[]): string {
  return `<row>${cells.map(cellOf).join('')}</row>`
}

function cellOf(cell: string | number): string {
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
}

// XML has no way to write most control characters, not even escaped.
// oxlint-disable-next-line no-control-regex -- they are what is taken out.
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(unwritable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
