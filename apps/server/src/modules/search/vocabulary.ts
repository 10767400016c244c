// The words of the counter that are not names: dosage forms, units, spoken numbers, fillers.

const formWords: Record<string, string> = {
  tab: 'tablet',
  tabs: 'tablet',
  tablet: 'tablet',
  tablets: 'tablet',
  goli: 'tablet',
  caplet: 'tablet',
  cap: 'capsule',
  caps: 'capsule',
  capsule: 'capsule',
  capsules: 'capsule',
  softgel: 'capsule',
  softgels: 'capsule',
  inj: 'injection',
  injection: 'injection',
  injections: 'injection',
  penfill: 'injection',
  cartridge: 'injection',
  syp: 'syrup',
  syr: 'syrup',
  syrp: 'syrup',
  syrup: 'syrup',
  sirup: 'syrup',
  expectorant: 'syrup',
  linctus: 'syrup',
  redisyp: 'syrup',
  susp: 'suspension',
  suspension: 'suspension',
  oint: 'ointment',
  ointment: 'ointment',
  cream: 'cream',
  crm: 'cream',
  creme: 'cream',
  gel: 'gel',
  drop: 'drops',
  drops: 'drops',
  dps: 'drops',
  lotion: 'lotion',
  inhaler: 'inhaler',
  respules: 'respules',
  respule: 'respules',
  rotacap: 'rotacaps',
  rotacaps: 'rotacaps',
  soap: 'soap',
  shampoo: 'shampoo',
  spray: 'spray',
  solution: 'solution',
  sachet: 'sachet',
  sachets: 'sachet',
  powder: 'powder',
  infusion: 'infusion',
  granules: 'granules',
  suppository: 'suppository',
  patch: 'patch',
  vaccine: 'vaccine',
  mouthwash: 'mouthwash',
  gargle: 'gargle',
  kit: 'kit',
}

/** Unit to the milligrams (or own measure) one of it makes. Weights convert; the rest only compare. */
const unitWords: Record<string, string> = {
  mg: 'mg',
  mgs: 'mg',
  milligram: 'mg',
  mcg: 'mcg',
  ug: 'mcg',
  microgram: 'mcg',
  gm: 'g',
  gms: 'g',
  gram: 'g',
  grams: 'g',
  ml: 'ml',
  mls: 'ml',
  iu: 'iu',
  miu: 'miu',
  meq: 'meq',
  kg: 'kg',
  ltr: 'l',
  litre: 'l',
}
// These are units only right after a number; elsewhere they are parts of names (Gluconorm G).
const unitLetters: Record<string, string> = { g: 'g', l: 'l', u: 'iu', k: 'k', s: 'pack', x: 'x' }

const packWords = new Set(['pcs', 'strip', 'strips', 'nos'])

const spokenNumbers: Record<string, number> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fourty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  thousand: 1000,
}

const fillers = new Set([
  'for',
  'of',
  'the',
  'and',
  'with',
  'ka',
  'ki',
  'ke',
  'dawa',
  'dawai',
  'dava',
  'medicine',
  'medicines',
  'price',
  'buy',
  'online',
  'strip',
  'pack',
  'bottle',
  'wali',
  'wala',
  'please',
])

const table = <T>(entries: Record<string, T>): Map<string, T> => new Map(Object.entries(entries))
const forms = table(formWords)
const units = table(unitWords)
const letters = table(unitLetters)
const spoken = table(spokenNumbers)

/** The dosage form a word names ('syp' is 'syrup'), or undefined. */
export const formNamed = (word: string): string | undefined => forms.get(word)
/** The unit a word names; single letters count only straight after a number. */
export const unitNamed = (word: string, afterNumber: boolean): string | undefined =>
  units.get(word) ?? (afterNumber ? letters.get(word) : undefined)
export const isPackWord = (word: string): boolean => packWords.has(word)
export const isFiller = (word: string): boolean => fillers.has(word)
export const spokenNumber = (word: string): number | undefined => spoken.get(word)

// Words for one way to take a medicine: what a customer says and what a list calls it.
const kin: Record<string, string> = {
  syrup: 'liquid',
  suspension: 'liquid',
  drops: 'drops',
  eye_drops: 'drops',
  ear_drops: 'drops',
  inhaler: 'inhaler',
  respules: 'inhaler',
  rotacaps: 'inhaler',
  injection: 'injection',
  infusion: 'injection',
  vaccine: 'injection',
  solution: 'solution',
  mouthwash: 'solution',
  gargle: 'solution',
  powder: 'powder',
  sachet: 'powder',
  granules: 'powder',
}

export const formMatch = { other: 0, kin: 1, same: 2 } as const

/**
 * How a form asked for meets a list's: customers say syrup for a suspension too, and drops for eye drops; every form
 * that is not kin is a different way to take a medicine.
 */
export function matchForm(asked: string, actual: string): number {
  if (asked === actual) return formMatch.same
  const kind = kin[asked]
  if (kind === undefined || kind !== kin[actual]) return formMatch.other
  return kind === 'liquid' ? formMatch.same : formMatch.kin
}

/**
 * Reads "six fifty", "fifty two", "five hundred" as a customer says a strength: 650, 52, 500.
 * Returns undefined when a word is not a number word.
 */
export function readSpoken(words: readonly string[]): number | undefined {
  let total = 0
  let last = 0
  for (const word of words) {
    const value = spoken.get(word)
    if (value === undefined) return undefined
    if (value >= 100) total = Math.max(total, 1) * value
    else if (last >= 1 && last <= 9 && value >= 10) total = total * 100 + value
    else total += value
    last = value
  }
  return words.length === 0 ? undefined : total
}
