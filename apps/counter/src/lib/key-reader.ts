/** Two keys of a scanner follow each other within this; fingers need longer (web: measured under 30 ms a key). */
export const burstGapMs = 40
/** The shortest code taken for a scan: shorter bursts are a person hitting two keys. */
export const scanLengthMin = 4

export interface KeyListener {
  /** One key of a person: a letter in lower case, 'enter', 'space', 'escape' or '?'. */
  onKey: (key: string) => void
  /** A code a USB scanner typed, ended by Enter. */
  onScan: (code: string) => void
}

type Wait = (act: () => void, ms: number) => () => void

const waitByClock: Wait = (act, ms) => {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}

/**
 * Tells a scanner from a person on one keyboard. A key is held back for `burstGapMs`: when another follows in
 * time both belong to a scan, so the J in a batch number never moves the list. What follows in time is told by when
 * the keys were hit: a slow desk sees the keys of a person all at once, and must not take them for a scan.
 */
export class KeyReader {
  #buffer = ''
  #hitAt = 0
  #cancel: (() => void) | undefined
  readonly #listener: KeyListener
  readonly #wait: Wait
  constructor(listener: KeyListener, wait: Wait = waitByClock) {
    this.#listener = listener
    this.#wait = wait
  }

  /** Takes `KeyboardEvent.key` and its `timeStamp`; true when the key was taken and the browser must do nothing with it. */
  take(key: string, hitAt: number): boolean {
    // A scanner holds Shift for capitals: keys that write nothing belong to whatever is being typed.
    if (key.length !== 1 && key !== 'Enter') return false
    if (hitAt - this.#hitAt > burstGapMs) this.#flush()
    this.#hitAt = hitAt
    if (key === 'Enter') return this.#end()
    this.#cancel?.()
    this.#buffer += key
    this.#cancel = this.#wait(() => this.#flush(), burstGapMs)
    return true
  }

  /** True while keys are held back that may turn out to be a scan. */
  get isReading(): boolean {
    return this.#buffer !== ''
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
    this.#buffer = ''
  }

  #end(): boolean {
    const code = this.#buffer
    if (code.length >= scanLengthMin) {
      this.stop()
      this.#listener.onScan(code)
      return true
    }
    this.#flush()
    this.#listener.onKey('enter')
    return false
  }

  #flush(): void {
    const keys = this.#buffer
    this.stop()
    if (keys.length >= scanLengthMin) return
    for (const key of keys) this.#listener.onKey(key === ' ' ? 'space' : key.toLowerCase())
  }
}
