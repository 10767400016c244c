// The first page of an unsure answer shows several names, not ten packs of the first guess.
import type { MedicineIndex } from './medicine-index.ts'
import type { SearchHit } from './rows.ts'

/** A name typed in full and ordered this much is what was meant. */
export const wellKnown = 45
const namesFirst = 5
const nearScore = 2.6
const packsOfName = { guessed: 2, typed: 3 } as const

/**
 * Hits of one page with each name's later packs moved behind the other names, when the best hit is
 * a guess, a begun word or a little-known name. A well-known name typed in full keeps its order,
 * and the first packs of a name typed in full stay before any guess.
 */
export function spread(index: MedicineIndex, hits: SearchHit[]): SearchHit[] {
  const [top] = hits
  if (!top || isCertain(index, top)) return hits
  const nameOf = (hit: SearchHit) => index.brands.first(index.brand[hit.ordinal]!)
  const ordered = isTyped(top) ? hits : [...firstOfNames(hits, nameOf)]
  const packs = new Map<number, number>()
  const kept: SearchHit[] = []
  const later: SearchHit[] = []
  for (const hit of ordered) {
    const head = nameOf(hit)
    const count = (packs.get(head) ?? 0) + 1
    packs.set(head, count)
    const most = top.isGuess ? packsOfName.guessed : packsOfName.typed
    if (count <= most) kept.push(hit)
    else later.push(hit)
  }
  return [...kept, ...later]
}

/** One pack of each of the first names about as likely as the best, then the rest as they were. */
function firstOfNames(hits: SearchHit[], nameOf: (hit: SearchHit) => number): Set<SearchHit> {
  const [top] = hits
  const firsts = new Map<number, SearchHit>()
  for (const hit of hits) {
    const isNear = top !== undefined && top.score - hit.score <= nearScore
    const name = nameOf(hit)
    if (isNear && firsts.size < namesFirst && !firsts.has(name)) firsts.set(name, hit)
  }
  return new Set([...firsts.values(), ...hits])
}

const isTyped = (hit: SearchHit): boolean => hit.why.every(match => match.by === 'exact')

function isCertain(index: MedicineIndex, top: SearchHit): boolean {
  const isFound = top.why.some(match => match.in === 'salt')
  return isTyped(top) && (isFound || index.ranking.popularity[top.ordinal]! >= wellKnown)
}
