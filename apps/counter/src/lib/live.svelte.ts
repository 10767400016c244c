import { untrack } from 'svelte'

/**
 * An answer kept fresh. Asks at once, again every `everySeconds` while the page is visible, when the line comes
 * back, and when what `ask` reads has changed (then the old answer is dropped: it is about something else).
 * A failed renewal keeps the last answer and says so; late answers of earlier questions are ignored.
 */
export class Live<T> {
  value = $state.raw<T | undefined>(undefined)
  problem = $state.raw<unknown>(undefined)
  /** When `value` was answered. */
  at = $state.raw<Date | undefined>(undefined)
  readonly isStale = $derived(this.value !== undefined && this.problem !== undefined)
  #turn = 0
  #ask: () => Promise<T>

  constructor(ask: () => Promise<T>, everySeconds: number) {
    this.#ask = ask
    $effect(() => {
      const first = ask()
      untrack(() => this.#restart(first))
      const again = () => {
        if (document.visibilityState === 'visible') void this.refresh()
      }
      const timer = setInterval(again, everySeconds * 1000)
      document.addEventListener('visibilitychange', again)
      window.addEventListener('online', again)
      return () => {
        this.#turn += 1
        clearInterval(timer)
        document.removeEventListener('visibilitychange', again)
        window.removeEventListener('online', again)
      }
    })
  }

  /** Asks again now; resolves when the answer has been taken or has failed. */
  refresh(): Promise<void> {
    return this.#take(this.#ask())
  }

  /** Puts an answer that came another way, e.g. from an act on the same thing. */
  put(value: T): void {
    this.#turn += 1
    this.#hold(value)
  }

  #restart(first: Promise<T>): void {
    this.value = undefined
    this.problem = undefined
    void this.#take(first)
  }

  async #take(answer: Promise<T>): Promise<void> {
    this.#turn += 1
    const turn = this.#turn
    try {
      const value = await answer
      if (turn === this.#turn) this.#hold(value)
    } catch (problem) {
      if (turn === this.#turn) this.problem = problem
    }
  }

  #hold(value: T): void {
    this.value = value
    this.problem = undefined
    this.at = new Date()
  }
}
