const shownMs = 6_000

/** One short sentence after an act, shown and announced for a while. */
class Saying {
  text = $state<string | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined

  say(text: string): void {
    clearTimeout(this.#timer)
    this.text = text
    this.#timer = setTimeout(() => {
      this.text = null
    }, shownMs)
  }
}

export const saying = new Saying()
