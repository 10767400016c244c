// Other ways to part what was typed: "cal pol" as calpol, "zerodolsp" as zerodol sp.
import { at } from './search-growable.ts'
import type { MedicineIndex } from './search-index.ts'
import { headWord, laterWord, saltWord } from './search-lexicon.ts'
import type { TypedWord } from './search-normalise.ts'

const partingsMax = 6
const splitLettersMin = 4
const leftLettersMin = 2

/** The words to look for, and how many joins or splits made them of what was typed. */
export type Parting = { words: TypedWord[]; changes: number }

const isAllKnown = (index: MedicineIndex, words: TypedWord[]) =>
  words.every(word => !word.isIndic && index.lexicon.find(word.text) !== -1)

/** Every parting worth trying, the typed one first, at most six. */
export function partings(index: MedicineIndex, words: TypedWord[]): Parting[] {
  const found: Parting[] = [{ words, changes: 0 }]
  for (let i = 0; i + 1 < words.length; i++) found.push(...joinsAt(index, words, i))
  const isKnown = isAllKnown(index, words)
  if (!isKnown || words.length === 1)
    for (const [i, word] of words.entries()) found.push(...splitsAt(index, words, i, word))
  return found.slice(0, partingsMax)
}

function joinsAt(index: MedicineIndex, words: TypedWord[], i: number): Parting[] {
  const out: Parting[] = []
  for (let length = 2; length <= 3 && i + length <= words.length; length++) {
    const joined = words.slice(i, i + length)
    const text = joined.map(word => word.text).join('')
    const isIndic = joined.some(word => word.isIndic)
    const word = index.lexicon.find(text)
    const isName = word !== -1 && (at(index.lexicon.roles, word) & (headWord | saltWord)) !== 0
    if (!isName && isAllKnown(index, joined)) continue
    const typed = joined.map(part => part.typed).join(' ')
    const rest = [...words.slice(0, i), { text, typed, isIndic }, ...words.slice(i + length)]
    out.push({ words: rest, changes: 1 })
  }
  return out
}

function splitsAt(index: MedicineIndex, words: TypedWord[], i: number, word: TypedWord): Parting[] {
  const { text } = word
  const out: (Parting & { fame: number })[] = []
  if (text.length < splitLettersMin || word.isIndic) return out
  for (let cut = leftLettersMin; cut < text.length; cut++) {
    const left = index.lexicon.find(text.slice(0, cut))
    const right = index.lexicon.find(text.slice(cut))
    if (left === -1 || right === -1 || !isBrandWith(index, left, right)) continue
    const parts = [text.slice(0, cut), text.slice(cut)].map(part => ({
      text: part,
      typed: word.typed,
      isIndic: false,
    }))
    const fame = at(index.lexicon.popularity, left)
    out.push({ words: [...words.slice(0, i), ...parts, ...words.slice(i + 1)], changes: 1, fame })
  }
  return out.sort((a, b) => b.fame - a.fame).slice(0, 2)
}

/** True when some brand begins with `left` and has `right` later in its name. */
function isBrandWith(index: MedicineIndex, left: number, right: number): boolean {
  const { lexicon, brandsByWord } = index
  if (!(at(lexicon.roles, left) & headWord) || !(at(lexicon.roles, right) & laterWord)) return false
  for (let e = brandsByWord.firstOf(left); e !== -1; e = at(brandsByWord.next, e)) {
    const entry = at(brandsByWord.value, e)
    if (entry & 1 && index.brands.items(entry >> 1).includes(right)) return true
  }
  return false
}
