// What a customer is told of how the typed words were read.
import { isGuessed } from './explain.ts'
import type { TypedQuery, TypedWord } from './normalise.ts'
import type { SearchHit, SearchResult } from './rows.ts'

export const typedWords = (words: TypedWord[]) => words.map(word => word.typed)

/** Words no medicine found has; `cover` says which of them the best one does. */
export function ignoredWords(words: readonly TypedWord[], cover: number): string[] {
  return typedWords(words.filter((_, i) => (cover & (1 << i)) === 0))
}

/** Says which words were really used when the best hit is a guess, or which like names follow it. */
export function announce(
  text: string,
  query: TypedQuery,
  hits: SearchHit[],
): Pick<SearchResult, 'similar'> & Partial<Pick<SearchResult, 'corrected'>> {
  const guesses = new Set(
    hits.flatMap(hit => hit.why.filter(isGuessed).map(match => match.matched)),
  )
  const top = hits[0]
  if (!top?.isGuess) return { similar: [...guesses] }
  const numbers = query.numbers.map(number => `${number.value}${number.unit}`)
  const to = [...top.why.map(match => match.matched), ...numbers, ...query.forms].join(' ')
  const used = new Set(top.why.map(match => match.matched))
  const similar = [...guesses].filter(word => !used.has(word))
  return { corrected: { from: text.trim().slice(0, 120), to }, similar }
}
