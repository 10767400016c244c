import type { ListRow } from './listed-pack.ts'

/** What the Jan Aushadhi list says of a product. */
export interface JanAushadhiRow {
  readonly name: string
  readonly unitSize: string
  readonly mrp: string
}

const maker = 'Jan Aushadhi (PMBJP)'
const strength = String.raw`\d[\d.,]*\s*(?:%\s*(?:w\/w|w\/v|v\/v)?|mg|mcg|gm|g|iu|ml)(?:\s*\/\s*\d*\s*ml)?`
const forms =
  'tablets?|capsules?|injection|syrup|oral suspension|suspension|cream|gel|ointment|lotion|eye drops|drops|solution|powder'
const oneSalt = new RegExp(
  String.raw`^([a-z][a-z -]+?)\s+(?:${forms})(?:\s+(?:ip|bp|usp))?\s+(${strength})$`,
  'i',
)
const saltsFirst = new RegExp(String.raw`^(.+?)\s+(?:${forms})(?:\s+(?:ip|bp|usp))?$`, 'i')
const salt = new RegExp(String.raw`^([a-z][a-z -]+?)\s*\(?(${strength})\)?$`, 'i')

/**
 * A product of the list as a row of any list. The list has no column of salts; they are taken from the generic name
 * only where every salt stands there with its strength. Otherwise the composition stays empty, and a pharmacist enters
 * it before the product is sold.
 */
export function janAushadhiRow({ name, unitSize, mrp }: JanAushadhiRow): ListRow {
  return {
    name,
    manufacturer: maker,
    form: '',
    packLabel: unitSize,
    composition: compositionOf(name),
    isCutOff: false,
    // The list writes 0 where it has no price yet.
    mrp: /^0+(\.0+)?$/.test(mrp.trim()) ? '' : mrp,
    isDiscontinued: false,
    popularity: 0,
  }
}

/** "Aceclofenac Tablets IP 100 mg" gives "Aceclofenac 100 mg"; '' where the name does not say it all. */
export function compositionOf(name: string): string {
  const text = name.replace(/\s+/g, ' ').trim()
  const [, only, amount] = oneSalt.exec(text) ?? []
  if (only && amount && !/\b(and|with)\b/i.test(only)) return `${only} ${amount}`
  const [, listed] = saltsFirst.exec(text) ?? []
  const parts = (listed ?? '').split(/\s*,\s*|\s+and\s+|\s*\+\s*/i).map(part => salt.exec(part))
  if (parts.some(part => part === null || /\b(tablets?|capsules?)\b/i.test(part[1] ?? '')))
    return ''
  return parts.map(part => `${part?.[1]} ${part?.[2]}`).join(' + ')
}
