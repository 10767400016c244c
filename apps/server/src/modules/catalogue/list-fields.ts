import type { ListRow } from './listed-pack.ts'

/** What a list of medicines may say of a pack, whatever its columns are called. */
export const listFields = [
  'name',
  'manufacturer',
  'form',
  'pack',
  'composition',
  'composition2',
  'mrp',
  'discontinued',
  'popularity',
  'sources',
] as const
export type ListField = (typeof listFields)[number]

/** The headings under which lists we have met give each field, as `headingKey` writes them. */
export const listHeadings: Readonly<Record<ListField, readonly string[]>> = {
  name: [
    'name',
    'medicine name',
    'medicine',
    'product name',
    'product',
    'item name',
    'item',
    'brand name',
    'brand',
    'drug name',
    'particulars',
    'description',
  ],
  manufacturer: [
    'manufacturer name',
    'manufacturer',
    'mfr',
    'mfg',
    'maker',
    'company',
    'company name',
    'mfg name',
    'marketed by',
  ],
  form: ['form', 'dosage form', 'medicine form'],
  pack: ['pack size label', 'pack', 'pack size', 'packing', 'unit size', 'pkg', 'packaging'],
  composition: [
    'short composition1',
    'composition',
    'salt composition',
    'salts',
    'salt',
    'contents',
    'generic name',
    'molecule',
  ],
  composition2: ['short composition2', 'composition 2', 'composition2'],
  mrp: ['mrp', 'price', 'm.r.p', 'm.r.p.', 'mrp rs', 'max retail price', 'maximum retail price'],
  discontinued: ['is discontinued', 'discontinued'],
  popularity: ['popularity'],
  sources: ['sources'],
}

/** A heading as compared: "price(₹)", "Price Rs." and "PRICE" are one. */
export function headingKey(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\(?\s*(₹|inr|rs\.?|rupees)\s*\)?/g, ' ')
    .replace(/[_\-/:*()]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Reads cells by their column's name; a row with too few or too many cells is null. */
export function cellReader(header: readonly string[]) {
  const at = new Map(header.map((column, index) => [column, index]))
  return (cells: readonly string[]) =>
    cells.length === header.length ? (column: string) => cells[at.get(column) ?? -1] ?? '' : null
}

// Sources that give two salts of any number, and those that give none at all.
const cuttingSources = new Set(['medplus-2021', 'az-india-3221'])
const silentSources = new Set(['1mg-slugs-2021', 'microlabs'])

/** One row of a list by its fields; a field the list does not have is ''. Pure. */
export function listRowOf(cell: (field: ListField) => string): ListRow {
  const [first, second] = [cell('composition'), cell('composition2')]
  const composition = [first, second].filter(part => part.trim() !== '').join(' + ')
  // The A-Z list's mark of a combination of three or more: a blank after the second salt.
  const isMarked = second.trim() !== '' && /\s$/.test(second)
  return {
    name: cell('name'),
    manufacturer: cell('manufacturer'),
    form: cell('form'),
    packLabel: cell('pack'),
    composition,
    isCutOff: isMarked || isCutOff(cell('sources'), composition),
    mrp: cell('mrp'),
    isDiscontinued: /^(1|true|yes|y)$/i.test(cell('discontinued').trim()),
    popularity: popularityOf(cell('popularity')),
  }
}

function isCutOff(sources: string, composition: string): boolean {
  if (composition.trim() === '' || sources.trim() === '') return false
  const speaking = sources.split('|').filter(source => !silentSources.has(source.trim()))
  if (speaking.length === 0) return false
  if (speaking.every(source => source.trim() === 'medplus-2021')) return true
  return composition.includes('+') && speaking.every(source => cuttingSources.has(source.trim()))
}

function popularityOf(text: string): number {
  const value = Number(text)
  return Number.isFinite(value) && value >= 0 && value < 1_000_000 ? value : 0
}
