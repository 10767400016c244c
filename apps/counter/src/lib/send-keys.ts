/**
 * The idempotency key of what a form says: the same words keep their key until their answer came, so that a click
 * repeated after a lost answer is the same act and not a second one.
 */
export class SendKeys {
  readonly #keys = new Map<string, string>()

  /** Sends with the key of these words, which is forgotten once they were taken. */
  async send<T>(body: unknown, call: (idempotencyKey: string) => Promise<T>): Promise<T> {
    const words = JSON.stringify(body)
    const key = this.#keys.get(words) ?? crypto.randomUUID()
    this.#keys.set(words, key)
    const answer = await call(key)
    this.#keys.delete(words)
    return answer
  }
}
