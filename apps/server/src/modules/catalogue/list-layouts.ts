import type { ListRow } from './listed-pack.ts'
import { UnreadableFile } from './unreadable-file.ts'

/** How one kind of list names its columns. */
export interface ListLayout {
  readonly source: string
  readonly columns: readonly string[]
  readonly read: (cell: (column: string) => string) => ListRow
}

/** The widely copied A-Z list of Indian medicines: two salts a row, the third and later ones cut off. */
const azList: ListLayout = {
  source: 'az-india',
  columns: [
    'name',
    'price(₹)',
    'Is_discontinued',
    'manufacturer_name',
    'pack_size_label',
    'short_composition1',
    'short_composition2',
  ],
  read: cell => {
    const [first, second] = [cell('short_composition1'), cell('short_composition2')]
    return {
      name: cell('name'),
      manufacturer: cell('manufacturer_name'),
      form: '',
      packLabel: cell('pack_size_label'),
      composition: [first, second].filter(part => part.trim() !== '').join(' + '),
      // The list's mark of a combination of three or more: a blank after the second salt.
      isCutOff: second.trim() !== '' && /\s$/.test(second),
      mrp: cell('price(₹)'),
      isDiscontinued: /^true$/i.test(cell('Is_discontinued').trim()),
      popularity: 0,
    }
  },
}

// Sources that give two salts of any number, and those that give none at all.
const cuttingSources = new Set(['medplus-2021', 'az-india-3221'])
const silentSources = new Set(['1mg-slugs-2021', 'microlabs'])

/** A merged list with one composition column and the sources each row came from. */
const mergedList: ListLayout = {
  source: 'merged-india',
  columns: [
    'name',
    'form',
    'manufacturer',
    'composition',
    'mrp',
    'pack',
    'popularity',
    'sources',
    'discontinued',
  ],
  read: cell => ({
    name: cell('name'),
    manufacturer: cell('manufacturer'),
    form: cell('form'),
    packLabel: cell('pack'),
    composition: cell('composition'),
    isCutOff: isCutOff(cell('sources'), cell('composition')),
    mrp: cell('mrp'),
    isDiscontinued: /^(1|true)$/i.test(cell('discontinued').trim()),
    popularity: popularityOf(cell('popularity')),
  }),
}

function isCutOff(sources: string, composition: string): boolean {
  const speaking = sources.split('|').filter(source => !silentSources.has(source.trim()))
  if (composition.trim() === '' || speaking.length === 0) return false
  if (speaking.every(source => source.trim() === 'medplus-2021')) return true
  return composition.includes('+') && speaking.every(source => cuttingSources.has(source.trim()))
}

function popularityOf(text: string): number {
  const value = Number(text)
  return Number.isFinite(value) && value >= 0 && value < 1_000_000 ? value : 0
}

const layouts = [azList, mergedList]

/** The layout whose columns this header has, in any order. Throws `UnreadableFile` naming what is missing. */
export function findLayout(header: readonly string[]): ListLayout {
  const found = layouts.find(layout => layout.columns.every(column => header.includes(column)))
  if (found) return found
  const wanted = layouts.map(layout => layout.columns.join(', ')).join('\n  or  ')
  throw new UnreadableFile(
    `The first line does not name the columns of a list we know. It must have\n      ${wanted}\n  but has\n      ${header.join(', ').slice(0, 400)}`,
  )
}

/** Reads cells by their column's name; a row with too few or too many cells is null. */
export function cellReader(header: readonly string[]) {
  const at = new Map(header.map((column, index) => [column, index]))
  return (cells: readonly string[]) =>
    cells.length === header.length ? (column: string) => cells[at.get(column) ?? -1] ?? '' : null
}
