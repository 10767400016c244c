import { tick } from 'svelte'

/** What the header and the toast know of the cart. Public pages carry nothing personal, so it is asked for later. */
class Basket {
  /** Null until the small request after the page has answered. */
  packs = $state<number | null>(null)
  /** The last thing to say about the cart, for the live region. */
  said = $state<{ text: string; tone: 'ok' | 'bad' } | null>(null)
  #hideAfter: ReturnType<typeof setTimeout> | undefined

  async count(): Promise<void> {
    const response = await fetch('/cart/count', { headers: { accept: 'application/json' } })
    if (response.ok) this.packs = ((await response.json()) as { packs: number }).packs
  }

  /** Empties the live region first: the same sentence twice in a row would not be read out again. */
  async say(text: string, tone: 'ok' | 'bad'): Promise<void> {
    this.said = null
    await tick()
    this.said = { text, tone }
    clearTimeout(this.#hideAfter)
    this.#hideAfter = setTimeout(() => {
      this.said = null
    }, 8_000)
  }
}

export const basket = new Basket()
