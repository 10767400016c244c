import { equivalenceKey } from './equivalence-key.ts'
import { manufacturerKey, nameKey } from './name-keys.ts'
import { remembered } from './remembered.ts'
import { composed, readComposition, type Salt } from './read-composition.ts'
import { type ReadForm, readForm } from './read-form.ts'
import { readRupees } from './read-money.ts'
import { readStrength } from './read-strength.ts'
import { type ReadPack, readPackLabel } from './read-pack-label.ts'

/** A row as a list gives it, whatever the list's columns are called. */
export interface ListRow {
  readonly name: string
  readonly manufacturer: string
  readonly form: string
  readonly packLabel: string
  readonly composition: string
  /** The list is known to cut off further salts: nobody may conclude that the rest is harmless. */
  readonly isCutOff: boolean
  readonly mrp: string
  readonly isDiscontinued: boolean
  readonly popularity: number
}

/** Something a person should know of a row: a rejected one was not imported, a noticed one was. */
export interface Remark {
  readonly code: string
  readonly sentence: string
}

/** A row that can be stored. `medicineKey` and `packKey` find it again at the next import. */
export interface ListedPack {
  readonly name: string
  readonly nameKey: string
  readonly manufacturer: string | null
  readonly manufacturerKey: string | null
  readonly salts: readonly Salt[]
  readonly composition: string
  readonly compositionState: 'stated' | 'incomplete' | 'absent'
  readonly form: ReadForm
  readonly equivalenceKey: string | null
  readonly hsn: string | null
  readonly pack: ReadPack
  readonly packKey: string
  readonly mrpPaise: number | null
  readonly isDiscontinued: boolean
  readonly popularity: number
}

export type Read =
  | { readonly pack: ListedPack; readonly notices: readonly Remark[] }
  | { readonly rejected: Remark }

const nameMax = 300
const makersKept = 20_000
const makerKey = remembered(manufacturerKey, makersKept)
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for.
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/
// A soap, a shampoo and what has no form may be cosmetics with another rate: somebody sets their HSN.
const hsnUnknown = new Set(['soap', 'shampoo', 'other', 'device'])
const medicamentHsn = '3004'

/** Reads one row into what can be stored, with notices, or says why it cannot. Pure. */
export function readListRow(row: ListRow): Read {
  const name = tidy(row.name)
  const key = nameKey(name)
  const broken = control.test(`${row.name}${row.manufacturer}${row.packLabel}${row.composition}`)
  if (broken) return rejected('unreadable_text', 'A cell holds characters that are not text.')
  if (key === '') return rejected('name_missing', 'The row names no medicine.')
  if (name.length > nameMax)
    return rejected('name_too_long', `The name is longer than ${nameMax} characters.`)
  const mrp = readMrp(row.mrp)
  if ('rejected' in mrp) return mrp
  const form = readForm({ label: row.packLabel, form: row.form, name })
  const pack = readPackLabel(row.packLabel, { form: form.form, name })
  if (!pack) return rejected('pack_impossible', `"${tidy(row.packLabel)}" is not a pack size.`)
  const notices = [...mrp.notices, ...noticesOf(row, pack)]
  const contents = readContents(row, form, notices)
  const manufacturer = tidy(row.manufacturer) || null
  return {
    notices,
    pack: {
      name,
      nameKey: key,
      manufacturer,
      manufacturerKey: manufacturer && makerKey(manufacturer),
      ...contents,
      form,
      hsn: hsnUnknown.has(form.form) ? null : medicamentHsn,
      pack,
      packKey: pack.isStated ? `${pack.unitsPerPack} ${pack.baseUnit}` : 'unstated',
      mrpPaise: mrp.paise,
      isDiscontinued: row.isDiscontinued,
      popularity: row.popularity,
    },
  }
}

function readContents(row: ListRow, form: ReadForm, notices: Remark[]) {
  const text = tidy(row.composition)
  const salts = text === '' ? null : readComposition(text)
  if (!salts) {
    if (text !== '')
      notices.push(remark('composition_unread', `"${text}" could not be read as salts.`))
    return {
      salts: [],
      composition: text,
      compositionState: 'absent' as const,
      equivalenceKey: null,
    }
  }
  if (salts.some(salt => salt.strength.key === '')) {
    notices.push(
      remark(
        'strength_missing',
        'A salt has no strength, so the medicine is compared with no other.',
      ),
    )
  }
  const key = equivalenceKey(salts, form)
  const repeated = new Set(salts.map(salt => salt.substance.name)).size < salts.length
  if (repeated)
    notices.push(remark('salt_repeated', 'The same salt stands twice in the composition.'))
  const contradicts = contradictsName(row.name, salts)
  if (contradicts) {
    notices.push(
      remark(
        'strength_contradicts_name',
        'The name says another strength than the composition: not sold until a pharmacist settles it.',
      ),
    )
  }
  const isSure = !row.isCutOff && !contradicts
  return {
    salts,
    composition: composed(salts),
    compositionState: isSure ? ('stated' as const) : ('incomplete' as const),
    equivalenceKey: key,
  }
}

/** "TEPLO 500mg" over a composition of 650 mg: one of the two is wrong, and nobody here knows which. */
function contradictsName(name: string, salts: readonly Salt[]): boolean {
  const [only, ...more] = salts
  if (!only || more.length > 0 || only.strength.key === '' || only.strength.key.includes('/'))
    return false
  const named = [...name.matchAll(/\b\d+(?:\.\d+)?\s?(?:mg|mcg|gm?)\b(?!\s*\/)/gi)]
    .map(([text]) => readStrength(text).key)
    .filter(key => key !== '')
  return named.length > 0 && !named.includes(only.strength.key)
}

function noticesOf(row: ListRow, pack: ReadPack): Remark[] {
  const notices: Remark[] = []
  if (tidy(row.composition) === '') {
    notices.push(
      remark('composition_missing', 'No composition: not sold until a pharmacist enters it.'),
    )
  } else if (row.isCutOff) {
    notices.push(
      remark('composition_cut_off', 'The list cuts off further salts: not sold until completed.'),
    )
  }
  if (/\S\s{2,}\S/.test(row.composition) || /\S\s{2,}\S/.test(row.manufacturer)) {
    notices.push(remark('double_space', 'Double spaces were mended.'))
  }
  if (tidy(row.manufacturer) === '')
    notices.push(remark('manufacturer_missing', 'No manufacturer.'))
  if (!pack.isStated) notices.push(remark('pack_unstated', 'The pack size is not stated.'))
  if (row.isDiscontinued) notices.push(remark('discontinued', 'The maker has discontinued it.'))
  return notices
}

type Mrp = { paise: number | null; notices: Remark[] } | { rejected: Remark }

const leastPlausiblePaise = 100

function readMrp(text: string): Mrp {
  if (text.trim() === '')
    return {
      paise: null,
      notices: [remark('mrp_missing', 'No MRP: not orderable until goods arrive.')],
    }
  const paise = readRupees(text)
  if (paise === null)
    return rejected('mrp_unreadable', `"${tidy(text).slice(0, 40)}" is not an amount of rupees.`)
  if (paise >= leastPlausiblePaise) return { paise, notices: [] }
  return {
    paise: null,
    notices: [remark('mrp_implausible', 'An MRP under one rupee was not taken over.')],
  }
}

function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u00a0\s]+/g, ' ')
    .trim()
}

function remark(code: string, sentence: string): Remark {
  return { code, sentence }
}

function rejected(code: string, sentence: string): { rejected: Remark } {
  return { rejected: remark(code, sentence) }
}
