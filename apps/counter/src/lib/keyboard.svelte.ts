import { KeyReader } from './key-reader.ts'
import { keep, kept } from './kept.ts'

interface PageKeys {
  onKey?: (key: string) => void
  onScan?: (code: string) => void
}

const typing = 'input, textarea, select, [contenteditable]'
const control = 'button, a, summary, [role="option"]'

/** One keyboard for the whole desk: people's keys and the scanner's bursts go to the page that is open. */
class Keyboard {
  /** Single letters can be switched off (WCAG 2.1.4); scanning and Enter cannot hurt anybody. */
  hasSingleKeys = $state(kept('singleKeys') !== 'off')
  isHelpOpen = $state(false)
  #page: PageKeys = {}
  readonly #reader = new KeyReader({
    onKey: key => this.#key(key),
    onScan: code => this.#page.onScan?.(code),
  })

  chooseSingleKeys(on: boolean): void {
    this.hasSingleKeys = on
    keep('singleKeys', on ? null : 'off')
  }

  /** Call while a component starts: its keys hold until it is gone. */
  serve(keys: PageKeys): void {
    $effect(() => {
      this.#page = keys
      return () => {
        if (this.#page === keys) this.#page = {}
      }
    })
  }

  readonly listen = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
    const target = event.target instanceof Element ? event.target : document.body
    if (target.closest(typing) || document.querySelector('dialog[open]')) return
    const presses = event.key === ' ' || event.key === 'Enter'
    if (presses && target.closest(control) && !this.#reader.isReading) return
    if (this.#reader.take(event.key, event.timeStamp)) event.preventDefault()
  }

  #key(key: string): void {
    const isSingle = key !== 'enter' && key !== 'space'
    if (isSingle && !this.hasSingleKeys) return
    if (key === '?') this.isHelpOpen = true
    else this.#page.onKey?.(key)
  }
}

export const keyboard = new Keyboard()

/** Moves focus among the elements a selector finds, in their order on the page; false when there is none. */
export function moveFocus(selector: string, step: 1 | -1): boolean {
  const all = [...document.querySelectorAll<HTMLElement>(selector)]
  const at = all.findIndex(element => element === document.activeElement)
  const next = all[at === -1 ? (step === 1 ? 0 : all.length - 1) : at + step]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
  return next !== undefined
}
