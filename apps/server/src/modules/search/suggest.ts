// The two lists an autocomplete shows: brands of the best medicines, and salts of that name.
import { bits } from './gather.ts'
import type { MedicineIndex } from './medicine-index.ts'
import type { Candidate } from './resolve.ts'
import type { SearchHit, SuggestedBrand, SuggestedSalt } from './rows.ts'

export const suggestedMax = 8
const saltWordsMax = 400

/**
 * The distinct brands of the hits, in their order, with the best hit of each. What is not offered (`isOffered`) is
 * completed for nobody: only its own whole name brings it.
 */
export function suggestBrands(index: MedicineIndex, hits: readonly SearchHit[]): SuggestedBrand[] {
  const seen = new Map<number, SuggestedBrand>()
  for (const hit of hits) {
    if (!index.isOffered(hit.ordinal) && !isNamed(hit)) continue
    const brand = index.brand[hit.ordinal]!
    if (seen.size < suggestedMax && !seen.has(brand))
      seen.set(brand, { name: index.brandName(brand), topId: hit.id })
  }
  return [...seen.values()]
}

const isNamed = ({ why }: SearchHit): boolean =>
  why.length > 0 && why.every(match => match.by === 'exact' && match.in === 'brand')

/** Salts whose names have every typed word, the nearest and commonest first. */
export function suggestSalts(
  index: MedicineIndex,
  resolved: (readonly Candidate[])[],
): SuggestedSalt[] {
  const { compositions } = index
  const covers = new Map<number, { cover: number; worth: number; isGuess: boolean }>()
  resolved.forEach((candidates, i) => {
    for (const candidate of candidates.slice(0, saltWordsMax)) {
      const { saltsByWord } = compositions
      for (let e = saltsByWord.firstOf(candidate.word); e !== -1; e = saltsByWord.next[e]!) {
        const salt = saltsByWord.value[e]!
        const known = covers.get(salt) ?? { cover: 0, worth: 0, isGuess: false }
        if (known.cover & (1 << i)) continue
        known.cover |= 1 << i
        known.worth += candidate.worth
        known.isGuess ||= candidate.by === 'similar' || candidate.by === 'sound'
        covers.set(salt, known)
      }
    }
  })
  const all = (1 << resolved.length) - 1
  const found = [...covers].filter(([, known]) => known.cover === all)
  const counted = found.map(([salt, known]) => {
    const medicines = compositions.saltMedicines[salt]!
    const extra = compositions.salts.length(salt) - bits(known.cover)
    return { salt, medicines, ...known, order: known.worth - extra + Math.log1p(medicines) * 0.6 }
  })
  counted.sort((a, b) => b.order - a.order || a.salt - b.salt)
  return counted
    .filter(entry => entry.medicines > 0)
    .slice(0, suggestedMax)
    .map(({ salt, medicines, isGuess }) => ({
      name: compositions.saltName(salt),
      medicines,
      isGuess,
    }))
}
