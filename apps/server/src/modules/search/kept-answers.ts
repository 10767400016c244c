import { metrics } from '#kernel/metrics'

const keptMax = 400
const keyLettersMax = 300

const answered = metrics.counter({
  name: 'search.answered',
  unit: 'count',
  meaning: 'Searches answered from memory, by whether the same was answered since the last change',
  labels: ['kept', 'made'],
})

/**
 * Answers to what was asked since the index changed last: many ask the same words in one second, and nothing they are
 * told can differ. A change of anything forgets them all, so no answer is ever older than the index itself.
 */
export class KeptAnswers<T> {
  #revision = -1
  readonly #kept = new Map<string, T>()

  read(revision: number, key: string, make: () => T): T {
    if (revision !== this.#revision) {
      this.#kept.clear()
      this.#revision = revision
    }
    const known = this.#kept.get(key)
    answered.add(1, known === undefined ? 'made' : 'kept')
    if (known !== undefined) return known
    const answer = make()
    if (key.length > keyLettersMax) return answer
    this.#kept.set(key, answer)
    if (this.#kept.size > keptMax) this.#kept.delete(this.#kept.keys().next().value as string)
    return answer
  }
}
