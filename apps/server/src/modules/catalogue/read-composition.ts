import { nameSalt, type SubstanceName } from './name-salt.ts'
import { remembered } from './remembered.ts'
import { afterStrength, noStrength, readStrength, type Strength } from './read-strength.ts'

/** One salt of a composition. `display` is the name as people read it. */
export interface Salt {
  readonly substance: SubstanceName
  readonly display: string
  readonly strength: Strength
}

const compositionsKept = 20_000
const saltsMax = 60
const nameMax = 200
const bracketed = /^(.*?)\s*\(([^()]*)\)\s*$/
// "Alprazolam 0 5 MG" lost its point on the way here; "Vitamin B 12 500 mg" and "Omega 3 500 mg" never had one.
const lostPoint = /^(.*[a-z]{2,})\s+(\d{1,2})\s+(\d{1,3}\s*(?:mg|mcg|gm|g|%).*)$/i
const trailing =
  /^(.*?)[\s(,-]+(\d[\d.,]*\s*(?:%|percent|mg|mcg|µg|ug|gms?|g|iu|i\.u|u|units?|au|lf|mmol|meq|ml|ppm|billion|million|cfu)(?![a-z]).*)$/i

// A comma or an "and" before a letter parts two salts; before a digit it belongs to a number.
const between = /\s*\+\s*|\s+&\s+|\s*,\s*(?=\p{L})|\s+and\s+(?=\p{L})/iu
// What may follow a strength without being another salt: the form, the release, the pharmacopoeia, the pack.
const afterwords =
  /\b(?:tablets?|tabs?|capsules?|caps?|injections?|inj|infusion|drops?|syrup|suspension|gel|cream|ointment|lotion|spray|solution|powder|granules?|sachets?|inhaler|respules?|rotacaps?|eye|ear|nasal|oral|topical|vaginal|dry|for|use|vials?|ampoules?|bottles?|strips?|tubes?|ip|bp|usp|sr|er|xr|cr|pr|md|mr|dr|ec|sustained|extended|prolonged|modified|controlled|delayed|release|enteric|film|coated|gastro|resistant|dispersible|chewable|soluble|effervescent|mouth|dissolving|disintegrating|per|of|in|a|each|dose|actuation|puff|md|mg|mcg|gm|g|ml|iu|w|v|x)\b/gi

/**
 * Splits a composition into its salts: "Amoxycillin (500mg) + Clavulanic Acid (125mg)", "Cefixime 50 MG 5ML",
 * "Paracetamol 125 mg, Phenylephrine 5 mg and Cetirizine 2 mg Drops". Null when some part names no substance, when
 * words are left over that may hide another salt, or when there are too many: what cannot be read whole is not sold.
 */
export const readComposition = remembered(splitSalts, compositionsKept)

function splitSalts(text: string): readonly Salt[] | null {
  const parts = text
    .split(between)
    .map(part => part.replace(/[\u00a0\s]+/g, ' ').replace(/^[\s,;]+|[\s,;]+$/g, ''))
    .filter(part => part !== '')
  if (parts.length === 0 || parts.length > saltsMax) return null
  const salts = parts.map(readSalt)
  return salts.some(salt => salt === null) ? null : (salts as Salt[])
}

/** One salt with its strength; null when no name is left. `(NA)` is a strength nobody knows. */
export function readSalt(part: string): Salt | null {
  const { label, strength, rest } = splitStrength(part)
  if (/\p{L}/u.test(rest.replaceAll(afterwords, ''))) return null
  const substance = nameSalt(label)
  if (!/[a-z]{2}/.test(substance.name) || substance.name.length > nameMax) return null
  return { substance, display: displayed(substance.name), strength }
}

function splitStrength(part: string): { label: string; strength: Strength; rest: string } {
  const inBrackets = bracketed.exec(part)
  if (inBrackets) {
    const [, label = '', inside = ''] = inBrackets
    const strength = readStrength(inside)
    if (strength.key !== '') return { label, strength, rest: afterStrength(inside) }
    if (/^\s*(na|n\/a|-)?\s*$/i.test(inside)) return { label, strength, rest: '' }
  }
  const lost = lostPoint.exec(part)
  const isDecimal = lost && !/omega$/i.test(lost[1] ?? '')
  const atEnd = trailing.exec(isDecimal ? `${lost[1]} ${lost[2]}.${lost[3]}` : part)
  if (atEnd) {
    const strength = readStrength(atEnd[2] ?? '')
    if (strength.key !== '') {
      const label = (atEnd[1] ?? '').replace(/\($/, '')
      return { label, strength, rest: afterStrength(atEnd[2] ?? '') }
    }
  }
  return { label: part, strength: noStrength, rest: '' }
}

const smallWords = new Set(['and', 'of', 'with', 'in'])

function displayed(name: string): string {
  return name
    .split(' ')
    .map((word, at) =>
      at > 0 && smallWords.has(word) ? word : word.slice(0, 1).toUpperCase() + word.slice(1),
    )
    .join(' ')
}

/** "Paracetamol 650 mg + Caffeine 30 mg": what cards and invoices print. */
export function composed(salts: readonly Salt[]): string {
  return salts
    .map(salt =>
      salt.strength.text === '' ? salt.display : `${salt.display} ${salt.strength.text}`,
    )
    .join(' + ')
}
