// A process that just started still compiles what it runs, and its first searches take three times as long: these are
// made before it answers from memory, so that no customer waits for them.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { answerFromIndex, type Searched } from './answer-search.ts'

/** Whatever the machine, a start waits no longer for it. */
export const warmMsMax = 500
/** After so many, a search takes what it takes later (measured: 3.8 ms of processor before, 2.0 after). */
export const warmSearchesMax = 600
const turnMs = 10
/** Prime, so that the names asked about are spread over the list and none comes twice. */
const stride = 7_919

/** The ways a name is asked for: whole, begun, a letter left out, joined, two words of it, a letter too many. */
const waysOfAsking: readonly ((name: string, word: string, at: number) => string)[] = [
  name => name,
  (_, word, at) => word.slice(0, 3 + (at % 3)),
  (_, word) => word.slice(0, 2) + word.slice(3),
  name => name.split(' ').slice(0, 2).join(''),
  name => name.split(' ').slice(0, 2).join(' '),
  (_, word) => word.slice(0, 3) + word.slice(2),
]

/** Questions about medicines of the list itself, each another. */
export function* warmingQuestions({ index }: Pick<Searched, 'index'>): Generator<string> {
  const { end } = index.ids
  for (let at = 0; at < Math.min(end, warmSearchesMax); at++) {
    const ordinal = (at * stride) % end
    if (!index.isLive(ordinal)) continue
    const name = index.cards.name(ordinal)
    const word = (name.split(' ')[0] ?? name).toLowerCase()
    yield waysOfAsking[at % waysOfAsking.length]!(name, word, at)
  }
}

/** Answers such questions as a customer's are, letting others have their turn; tells how many it got to. */
export async function warmSearch(
  live: Searched,
  { msMax, signal }: { msMax: number; signal?: AbortSignal },
): Promise<number> {
  const from = performance.now()
  let turn = from
  let asked = 0
  for (const q of warmingQuestions(live)) {
    const now = performance.now()
    if (now - from >= msMax || signal?.aborted) break
    if (now - turn >= turnMs) {
      await nextTurn()
      turn = performance.now()
    }
    JSON.stringify(answerFromIndex(live, { q }, null))
    asked += 1
  }
  return asked
}
