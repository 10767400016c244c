// Queries made by rule from the catalogue itself, of other brands than the development set's,
// so that tuning on the hand-written queries is measured on names nobody tuned for.

import { handDevanagari, inDevanagari } from './search-devanagari.ts'

export type CatalogueRow = Record<string, string>
export type HeldOutQuery = {
  id: string
  query: string
  category: string
  key: string
  rules: Record<string, unknown>[]
}

const famousPopularity = 100
const perCategory = 150

function randomOf(seed: number): (n: number) => number {
  let state = seed
  return n => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

const phonetic: [RegExp, string][] = [
  [/c(?=[aourl])/, 'k'],
  [/k/, 'c'],
  [/c(?=[ei])/, 's'],
  [/ph/, 'f'],
  [/f/, 'ph'],
  [/y/, 'i'],
  [/i/, 'e'],
  [/e(?=.)/, 'i'],
  [/(?<=.)a(?=.)/, 'e'],
  [/o(?=.)/, 'a'],
  [/z/, 's'],
  [/z/, 'j'],
  [/v/, 'w'],
  [/w/, 'v'],
  [/th/, 't'],
  [/x/, 'ks'],
  [/e$/, ''],
  [/(?<=[nlrt])$/, 'e'],
  [/([lmnprst])\1/, '$1'],
  [/(?<=[aeiou])([lmnprst])(?=[aeiou])/, '$1$1'],
  [/(?<=[aeiou][^aeiou])[aeiou](?=[^aeiou][aeiou])/, ''],
]

/** One systematic slip: a letter dropped, doubled, swapped with the next, or taken for its sound. */
export function slip(word: string, random: (n: number) => number): string {
  const place = 1 + random(word.length - 2)
  const kind = random(4)
  if (kind === 0) return word.slice(0, place) + word.slice(place + 1)
  if (kind === 1) return word.slice(0, place + 1) + word.slice(place)
  if (kind === 2)
    return word.slice(0, place) + word[place + 1] + word[place] + word.slice(place + 2)
  return soundSlip(word, random)
}

export function soundSlip(word: string, random: (n: number) => number): string {
  for (let attempt = 0; attempt < 20; attempt++) {
    const [from, to] = phonetic[random(phonetic.length)] as [RegExp, string]
    const changed = word.replace(from, to)
    if (changed !== word) return changed
  }
  return word
}

type Families = { family: string; popularity: number; rows: CatalogueRow[] }[]

function familiesOf(rows: CatalogueRow[], excluded: Set<string>): Families {
  const byFamily = new Map<string, Families[number]>()
  for (const row of rows) {
    const family = row['family'] ?? ''
    if (row['synthetic'] === '1' || excluded.has(family) || !/^[a-z]{4,}$/.test(family)) continue
    const known = byFamily.get(family) ?? { family, popularity: 0, rows: [] }
    known.popularity = Math.max(known.popularity, Number(row['popularity']))
    known.rows.push(row)
    byFamily.set(family, known)
  }
  return [...byFamily.values()]
}

const seqRule = (seq: string[], form?: string) => ({
  t: 'seq',
  seq,
  ...(form ? { form, strictForm: true } : {}),
})
const saltRule = (salt: string, strength?: string) => ({
  t: 'salt',
  salts: [[salt, salt.replace('amoxycillin', 'amoxicillin')]],
  ...(strength ? { strength } : {}),
})

function askedByHand(): HeldOutQuery[] {
  return Object.entries(handDevanagari).map(([query, key], i) => {
    const rule = key.startsWith('salt:') ? saltRule(key.slice(5)) : seqRule([key])
    return { id: `d${i}`, query, category: 'hindi_by_hand', key, rules: [rule] }
  })
}

/** Held-out queries, a hundred and fifty a category; `tokens` is the judge's tokeniser. */
export function heldOutQueries(
  rows: CatalogueRow[],
  excluded: Set<string>,
  tokens: (name: string) => string[],
  seed = 20261122,
): HeldOutQuery[] {
  const random = randomOf(seed)
  const families = familiesOf(rows, excluded)
  const famous = families.filter(entry => entry.popularity >= famousPopularity)
  const ordinary = families.filter(entry => entry.popularity < famousPopularity)
  const famousNames = famous.map(entry => entry.family)
  const names = new Set(rows.map(row => row['family'] ?? ''))
  const one = <T>(list: T[]): T => list[random(list.length)] as T
  const salts = [...countSalts(rows)].filter(([, n]) => n >= 40).map(([salt]) => salt)
  const out: HeldOutQuery[] = []
  const ask = (category: string, query: string, key: string, rule: Record<string, unknown>) =>
    out.push({ id: `h${out.length}`, query, category, key, rules: [rule] })

  for (let n = 0; n < perCategory; n++) {
    const entry = one(n % 3 < 2 ? famous : ordinary)
    const { family } = entry
    const row = one(entry.rows)
    const name = tokens(row['name'] ?? '').map(token =>
      /^\d/.test(token) ? String(Number(token)) : token,
    )
    const strength = name.findIndex(token => /^\d/.test(token))
    const head = name.slice(0, strength + 1)
    const brand = head.slice(0, -1)
    const salt = one(salts)
    ask('exact_brand', family, family, seqRule([family]))
    ask(
      'exact_full_name',
      (row['name'] ?? '').toLowerCase().replace(/ \d+('s|ml|gm?)$/, ''),
      family,
      seqRule(name.slice(0, Math.min(name.length, 4))),
    )
    if (strength > 0 && strength <= 3) {
      ask('brand_strength', head.join(' '), family, seqRule(head))
      ask('joined_split', head.join(''), family, seqRule(head))
    }
    if (row['form'])
      ask('brand_form', `${family} ${row['form']}`, family, seqRule([family], row['form']))
    const famed = one(famous).family
    const letters = famed.slice(0, 3 + random(4))
    ask('prefix', letters, famed, {
      t: 'prefix',
      prefix: letters,
      families: famousNames.filter(other => other.startsWith(letters)),
    })
    const cut = 2 + random(Math.max(1, family.length - 3))
    ask('joined_split', `${family.slice(0, cut)} ${family.slice(cut)}`, family, seqRule([family]))
    if (brand.length === 2) ask('joined_split', brand.join(''), family, seqRule(brand))
    const slipped = slip(family, random)
    // What is another medicine's own name must bring that one: counted apart, since no answer can be right for both.
    const kind = names.has(slipped) ? 'slip_onto_a_name' : 'misspelt_systematic'
    ask(kind, slipped, family, seqRule([family]))
    const misheard = soundSlip(random(3) === 0 ? soundSlip(famed, random) : famed, random)
    ask('misspelt_phonetic', misheard, famed, seqRule([famed]))
    ask('misspelt_phonetic', soundSlip(salt, random), salt, saltRule(salt))
    const dose = one(strengthsOf(rows, salt))
    if (dose) ask('salt_strength', `${salt} ${dose}`, salt, saltRule(salt, dose))
    ask(
      'hindi_devanagari',
      inDevanagari(n % 2 ? famed : salt),
      famed,
      n % 2 ? seqRule([famed]) : saltRule(salt),
    )
  }
  return [...out, ...askedTogether(famous, tokens, randomOf(seed + 1)), ...askedByHand()]
}

const formWords: Record<string, readonly string[]> = {
  tablet: ['tab', 'tabs', 'tablets', 'goli'],
  capsule: ['cap', 'caps', 'capsules'],
  syrup: ['syp', 'syrup'],
  injection: ['inj', 'injection'],
  ointment: ['oint', 'ointment'],
  cream: ['crm', 'cream'],
}

/** What customers do at once: a slip beside a strength or a form, a name in two parts with a strength, Hindi with one. */
function askedTogether(
  famous: Families,
  tokens: (name: string) => string[],
  random: (n: number) => number,
): HeldOutQuery[] {
  const one = <T>(list: readonly T[]): T => list[random(list.length)] as T
  const out: HeldOutQuery[] = []
  const ask = (category: string, query: string, key: string, rule: Record<string, unknown>) =>
    out.push({ id: `t${out.length}`, query, category, key, rules: [rule] })
  for (let n = 0; n < perCategory; n++) {
    const { family, rows } = one(famous)
    const row = one(rows)
    const name = tokens(row['name'] ?? '')
    const strength = name[1] !== undefined && /^\d/.test(name[1]) ? String(Number(name[1])) : ''
    const words = formWords[row['form'] ?? '']
    const wrong = slip(family, random)
    const cut = 2 + random(Math.max(1, family.length - 3))
    ask('together_slip', wrong, family, seqRule([family]))
    if (strength !== '') {
      const rule = seqRule([family, strength])
      ask('together_strength', `${wrong} ${strength}`, family, rule)
      ask('together_joined', `${wrong}${strength}`, family, rule)
      ask(
        'together_split',
        `${family.slice(0, cut)} ${family.slice(cut)} ${strength}`,
        family,
        rule,
      )
      ask('together_hindi', `${inDevanagari(family)} ${strength}`, family, rule)
    }
    if (words)
      ask('together_form', `${wrong} ${one(words)}`, family, seqRule([family], row['form']))
  }
  return out
}

let saltDoses: Map<string, Map<string, number>> | undefined

function dosesOf(rows: CatalogueRow[]): Map<string, Map<string, number>> {
  if (saltDoses) return saltDoses
  saltDoses = new Map()
  for (const row of rows) {
    if (row['synthetic'] === '1') continue
    const match = /^([a-z]{6,})\s*\(?(\d+(?:\.\d+)?)\s*mg\)?$/i.exec(row['composition'] ?? '')
    if (!match) continue
    const salt = (match[1] as string).toLowerCase()
    const doses = saltDoses.get(salt) ?? new Map<string, number>()
    doses.set(match[2] as string, (doses.get(match[2] as string) ?? 0) + 1)
    saltDoses.set(salt, doses)
  }
  return saltDoses
}

function countSalts(rows: CatalogueRow[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [salt, doses] of dosesOf(rows))
    counts.set(
      salt,
      [...doses.values()].reduce((sum, n) => sum + n, 0),
    )
  return counts
}

function strengthsOf(rows: CatalogueRow[], salt: string): string[] {
  const doses = dosesOf(rows).get(salt) ?? new Map<string, number>()
  return [...doses].filter(([, n]) => n >= 3).map(([dose]) => String(Number(dose)))
}
