import type { Locale, Translated } from '@janta/ui/i18n.ts'
import { family as familyEnglish } from '@janta/ui/messages/en/family.ts'
import { prescription as english } from '@janta/ui/messages/en/prescription.ts'
import { family as familyHindi } from '@janta/ui/messages/hi/family.ts'
import { prescription as hindi } from '@janta/ui/messages/hi/prescription.ts'

export function prescriptionWordsOf(locale: Locale): Translated<typeof english> {
  return locale === 'hi' ? hindi : english
}

export function familyWordsOf(locale: Locale): Translated<typeof familyEnglish> {
  return locale === 'hi' ? familyHindi : familyEnglish
}
