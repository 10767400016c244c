import {
  consentSpeakers,
  consentVersionNow,
  type Patient,
  type PatientBody,
  relations,
  sexes,
} from '@janta/contracts'
import type { Locale } from '@janta/ui/i18n.ts'
import type { familyWordsOf } from './prescription-words.ts'
import { textOf } from './form-text.ts'

const linesMax = { allergies: 20, medicines: 30 }
const wordsMax = { allergies: 80, medicines: 120 }

/** The profile a form says, or which of its fields say nothing that could be kept. */
export function readPatient(
  form: FormData,
  locale: Locale,
  t: ReturnType<typeof familyWordsOf>,
  before: Patient | undefined,
): { body: PatientBody } | { gaps: Record<string, string> } {
  const name = textOf(form, 'name')
  const birthMonth = textOf(form, 'birthMonth')
  const relation = relations.find(one => one === textOf(form, 'relation'))
  const givenAs = consentSpeakers.find(one => one === textOf(form, 'givenAs'))
  const isAgreed = textOf(form, 'agree') === 'yes'
  const gaps = {
    ...(name === '' && { name: t.needName }),
    ...(!/^[0-9]{4}-(0[1-9]|1[0-2])$/.test(birthMonth) && { birthMonth: t.needBirth }),
    ...((!givenAs || !isAgreed) && { agree: t.needAgree }),
  }
  if (Object.keys(gaps).length > 0 || !relation || !givenAs) return { gaps }
  const allergies = linesOf(form, 'allergies').map(
    words => before?.allergies?.find(one => one.words === words) ?? { class: null, words },
  )
  const isNone = textOf(form, 'noAllergies') === 'yes'
  return {
    body: {
      relation,
      name,
      birthMonth,
      sex: sexes.find(one => one === textOf(form, 'sex')) ?? null,
      allergies: allergies.length > 0 ? allergies : isNone ? [] : null,
      medicines: linesOf(form, 'medicines').map(
        words => before?.medicines.find(one => one.words === words) ?? { medicineId: null, words },
      ),
      consent: { textVersion: consentVersionNow, language: locale, givenAs },
    },
  }
}

function linesOf(form: FormData, name: 'allergies' | 'medicines'): string[] {
  return textOf(form, name)
    .split(/\r?\n/)
    .map(line => line.trim().slice(0, wordsMax[name]))
    .filter(line => line !== '')
    .slice(0, linesMax[name])
}
