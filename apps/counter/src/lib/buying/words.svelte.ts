import { language } from '#lib/language.svelte.ts'
import type { buying as buyingEnglish } from '#lib/messages/en/buying.ts'
import type { receiving as receivingEnglish } from '#lib/messages/en/receiving.ts'

type Spoken = Omit<typeof buyingEnglish & typeof receivingEnglish, never>

/** The words about buying, fetched in the language of this device only: no page carries both. */
class Words {
  #kept = $state.raw<Readonly<Record<string, Spoken>>>({})
  readonly now = $derived.by(() => {
    const words = this.#kept[language.locale] ?? Object.values(this.#kept)[0]
    if (!words) throw new Error('a page about buying is shown after its words were fetched')
    return words
  })

  async load(locale: 'en' | 'hi'): Promise<void> {
    if (this.#kept[locale]) return
    const [{ buying }, { receiving }] =
      locale === 'hi'
        ? await Promise.all([
            import('#lib/messages/hi/buying.ts'),
            import('#lib/messages/hi/receiving.ts'),
          ])
        : await Promise.all([
            import('#lib/messages/en/buying.ts'),
            import('#lib/messages/en/receiving.ts'),
          ])
    const words = { ...buying, ...receiving } as unknown as Spoken
    this.#kept = { ...this.#kept, [locale]: words }
  }
}

export const buyWords = new Words()
