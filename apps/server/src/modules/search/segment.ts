// Other ways to part what was typed: "cal pol" as calpol, "zerodolsp" as zerodol sp.
import type { MedicineIndex } from './medicine-index.ts'
import { headWord, laterWord, saltWord } from './lexicon.ts'
import { queryWordsMax, type TypedWord } from './normalise.ts'
import { formNamed, isFiller } from './vocabulary.ts'

const partingsMax = 6
const splitsMax = 3
const splitLettersMin = 4
const leftLettersMin = 2
// Endings common enough to be read off a misspelt name ("zerodalsp"), the longest first.
const commonEndings =
  'advance forte plus cold gold max dsr sp cv tz mr sr xr ls ds dx am ct od mf d'.split(' ')

/** The words to look for, a form split off them, and how many joins or splits made them. */
export type Parting = { words: TypedWord[]; forms: string[]; changes: number }

const isAllKnown = (index: MedicineIndex, words: TypedWord[]) =>
  words.every(word => !word.isIndic && index.lexicon.find(word.text) !== -1)

/** Every parting worth trying, the typed one first, at most six. */
export function partings(index: MedicineIndex, typed: TypedWord[]): Parting[] {
  const words = withoutFillers(typed)
  const found: Parting[] = [{ words, forms: [], changes: 0 }]
  // A filler may be half a name ("of lox"), so joins look at every word typed.
  for (let i = 0; i + 1 < typed.length; i++) found.push(...joinsAt(index, typed, i))
  for (const [i, word] of words.entries()) found.push(...splitsAt(index, words, i, word))
  return found.slice(0, partingsMax)
}

function withoutFillers(words: TypedWord[]): TypedWord[] {
  const kept = words.filter(word => !isFiller(word.text))
  return kept.length > 0 ? kept : words
}

function joinsAt(index: MedicineIndex, words: TypedWord[], i: number): Parting[] {
  const out: Parting[] = []
  for (let length = 2; length <= 3 && i + length <= words.length; length++) {
    const joined = words.slice(i, i + length)
    const text = joined.map(word => word.text).join('')
    const isIndic = joined.some(word => word.isIndic)
    const word = index.lexicon.find(text)
    const isName = word !== -1 && (index.lexicon.roles[word]! & (headWord | saltWord)) !== 0
    if (!isName && isAllKnown(index, joined)) continue
    const typed = joined.map(part => part.typed).join(' ')
    const rest = [...words.slice(0, i), { text, typed, isIndic }, ...words.slice(i + length)]
    out.push({ words: withoutFillers(rest), forms: [], changes: 1 })
  }
  return out
}

type Body = { text: string; forms: string[] }

/** The word itself, and what is left of it before a dosage form written on: "dolotablet". */
function bodiesOf(text: string): Body[] {
  const bodies: Body[] = [{ text, forms: [] }]
  for (let cut = splitLettersMin; cut < text.length - 1; cut++) {
    const form = formNamed(text.slice(cut))
    if (form !== undefined) bodies.push({ text: text.slice(0, cut), forms: [form] })
  }
  return bodies
}

function splitsAt(index: MedicineIndex, words: TypedWord[], i: number, word: TypedWord): Parting[] {
  if (word.text.length < splitLettersMin || word.isIndic) return []
  const out: (Parting & { fame: number })[] = []
  const offer = (texts: string[], forms: string[]) => {
    const parts = texts.map(text => ({ text, typed: word.typed, isIndic: false }))
    const rest = [...words.slice(0, i), ...parts, ...words.slice(i + 1)]
    const head = index.lexicon.find(texts[0] as string)
    const fame = head === -1 ? -1 : index.lexicon.popularity[head]!
    if (rest.length <= queryWordsMax) out.push({ words: rest, forms, changes: 1, fame })
  }
  for (const { text, forms } of bodiesOf(word.text)) {
    if (forms.length > 0) offer([text], forms)
    for (let cut = leftLettersMin; cut < text.length; cut++) {
      const parts: [string, string] = [text.slice(0, cut), text.slice(cut)]
      if (isBrandWith(index, ...parts)) offer(parts, forms)
    }
  }
  if (out.length === 0) {
    const ending = commonEndings.find(end => word.text.endsWith(end))
    const left = word.text.slice(0, ending ? -ending.length : 0)
    if (ending && left.length >= splitLettersMin) offer([left, ending], [])
  }
  return out.sort((a, b) => b.fame - a.fame).slice(0, splitsMax)
}

/** True when some brand begins with `left` and has `right` later in its name. */
function isBrandWith(index: MedicineIndex, head: string, later: string): boolean {
  const { lexicon, brandsByWord } = index
  const left = lexicon.find(head)
  if (left === -1 || !(lexicon.roles[left]! & headWord)) return false
  const right = lexicon.find(later)
  if (right === -1 || !(lexicon.roles[right]! & laterWord)) return false
  for (let e = brandsByWord.firstOf(left); e !== -1; e = brandsByWord.next[e]!) {
    const entry = brandsByWord.value[e]!
    if (entry & 1 && index.brands.items(entry >> 1).includes(right)) return true
  }
  return false
}
