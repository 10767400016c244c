import type { Locale, Translated } from '@janta/ui/i18n.ts'
import type { order as english } from '@janta/ui/messages/en/order.ts'

export type OrderWords = Translated<typeof english>

/** The words of ordering in one language: only checkout and orders fetch them. */
export async function loadWords(locale: Locale): Promise<OrderWords> {
  const loaded: { order: OrderWords } =
    locale === 'hi'
      ? await import('@janta/ui/messages/hi/order.ts')
      : await import('@janta/ui/messages/en/order.ts')
  return loaded.order
}
