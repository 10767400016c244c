import { type ReadyQuestion, readyQuestions } from '@janta/contracts'
import type { Locale } from '@janta/ui/format.ts'

/** A ready question as the customer read it; apart, because most prescriptions have none. */
export const askedText = (code: ReadyQuestion, locale: Locale): string =>
  readyQuestions[code][locale]
