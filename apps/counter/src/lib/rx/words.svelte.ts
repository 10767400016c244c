import { language } from '#lib/language.svelte.ts'
import type { rx as english } from '#lib/messages/en/rx.ts'

type Spoken = Omit<typeof english, never>

/** The desk's words, fetched in the language of this device only: no page carries both. */
class Words {
  #kept = $state.raw<Readonly<Record<string, Spoken>>>({})
  readonly now = $derived.by(() => {
    const words = this.#kept[language.locale] ?? Object.values(this.#kept)[0]
    if (!words) throw new Error('the desk is shown after its words were fetched')
    return words
  })

  async load(locale: 'en' | 'hi'): Promise<void> {
    if (this.#kept[locale]) return
    const { rx } =
      locale === 'hi'
        ? await import('#lib/messages/hi/rx.ts')
        : await import('#lib/messages/en/rx.ts')
    this.#kept = { ...this.#kept, [locale]: rx as unknown as Spoken }
  }
}

export const rxWords = new Words()
