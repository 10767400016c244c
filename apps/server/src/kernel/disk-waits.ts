/**
 * Waits for what was committed without waiting for the disk (`keepIf`). Whoever asks while one writing is under way
 * shares the next, so that two hundred commits cost the disk what one does.
 */
export class DiskWaits {
  readonly #write: () => Promise<unknown>
  #underway: Promise<unknown> | undefined
  #next: Promise<unknown> | undefined

  /** `write` makes everything lasting that was committed before it was called. */
  constructor(write: () => Promise<unknown>) {
    this.#write = write
  }

  /** Resolves when all that was committed before this call is lasting; rejects when nobody can say whether it is. */
  async untilLasting(): Promise<void> {
    // One under way may have begun before our commit, so it says nothing about it.
    if (this.#underway)
      this.#next ??= this.#underway.catch(() => undefined).then(() => this.#begin())
    await (this.#next ?? this.#begin())
  }

  #begin(): Promise<unknown> {
    this.#next = undefined
    const writing = this.#write().finally(() => {
      if (this.#underway === writing) this.#underway = undefined
    })
    this.#underway = writing
    return writing
  }
}
