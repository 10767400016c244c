// The first page of an unsure answer shows several names, not ten packs of the first guess.
import type { MedicineIndex } from './medicine-index.ts'
import type { SearchHit } from './rows.ts'

const wellKnown = 45
const packsOfName = { guessed: 2, typed: 3 } as const

/**
 * Hits of one page with each name's later packs moved behind the other names, when the best hit is
 * a guess, a begun word or a little-known name. A well-known name typed in full keeps its order,
 * and the first packs of a name typed in full stay before any guess.
 */
export function spread(index: MedicineIndex, hits: SearchHit[]): SearchHit[] {
  const [top] = hits
  if (!top || isCertain(index, top)) return hits
  const packs = new Map<number, number>()
  const kept: SearchHit[] = []
  const later: SearchHit[] = []
  for (const hit of hits) {
    const head = index.brands.items(index.brand[hit.ordinal]!)[0] ?? -1
    const count = (packs.get(head) ?? 0) + 1
    packs.set(head, count)
    const most = top.isGuess ? packsOfName.guessed : packsOfName.typed
    if (count <= most) kept.push(hit)
    else later.push(hit)
  }
  return [...kept, ...later]
}

function isCertain(index: MedicineIndex, top: SearchHit): boolean {
  const isTyped = top.why.every(match => match.by === 'exact')
  const isFound = top.why.some(match => match.in === 'salt')
  return isTyped && (isFound || index.popularity[top.ordinal]! >= wellKnown)
}
