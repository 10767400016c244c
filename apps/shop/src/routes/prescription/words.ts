import { page } from '$app/state'
import type { Locale, Translated } from '@janta/ui/i18n.ts'
import type { prescription } from '@janta/ui/messages/en/prescription.ts'

export type PrescriptionWords = Translated<typeof prescription>

/** The words of prescriptions in one language: only their own pages fetch them. */
export async function loadWords(locale: Locale): Promise<PrescriptionWords> {
  const loaded: { prescription: PrescriptionWords } =
    locale === 'hi'
      ? await import('@janta/ui/messages/hi/prescription.ts')
      : await import('@janta/ui/messages/en/prescription.ts')
  return loaded.prescription
}

/** What the layout of these pages has loaded, for their components. */
export const wordsHere = (): PrescriptionWords => page.data['t'] as PrescriptionWords

/** Why a file was refused, by the refusal's code: fetched with the script that sends the first file. */
export async function loadRefusals(locale: Locale): Promise<Readonly<Record<string, string>>> {
  const loaded: { refusals: Readonly<Record<string, string>> } =
    locale === 'hi'
      ? await import('@janta/ui/messages/hi/refusals.ts')
      : await import('@janta/ui/messages/en/refusals.ts')
  return loaded.refusals
}
