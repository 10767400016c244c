import { language } from '#lib/language.svelte.ts'
import type { dispense as english } from '#lib/messages/en/dispense.ts'

type Spoken = Omit<typeof english, never>

/** The packing table's rarer words, fetched in the language of this device when one of them is needed. */
class Words {
  #kept = $state.raw<Readonly<Record<string, Spoken>>>({})
  readonly now = $derived.by(() => {
    const words = this.#kept[language.locale] ?? Object.values(this.#kept)[0]
    if (!words) throw new Error('these are shown after their words were fetched')
    return words
  })

  async load(locale: 'en' | 'hi'): Promise<void> {
    if (this.#kept[locale]) return
    const { dispense } =
      locale === 'hi'
        ? await import('#lib/messages/hi/dispense.ts')
        : await import('#lib/messages/en/dispense.ts')
    this.#kept = { ...this.#kept, [locale]: dispense as unknown as Spoken }
  }
}

export const dispenseWords = new Words()
