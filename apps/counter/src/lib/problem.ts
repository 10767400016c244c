import { ApiProblem } from '@janta/contracts'
import { refusals as shared } from '@janta/ui/messages/hi/refusals.ts'
import { language } from '#lib/language.svelte.ts'
import { refusals as own } from '#lib/messages/hi/refusals.ts'

// The desk's own words go before the customer's: the same no asks something else of each.
const hindi: Readonly<Record<string, string>> = { ...shared, ...own }

export interface Told {
  text: string
  /** The language of `text`: the API's own sentence is English on a Hindi screen too. */
  lang: 'en' | 'hi'
  requestId: string | undefined
}

/** What went wrong in words for the person at the desk. The API's sentence knows most, so English shows it. */
export function told(problem: unknown): Told {
  if (!(problem instanceof ApiProblem)) {
    return { text: language.desk.unavailableText, lang: language.locale, requestId: undefined }
  }
  const requestId = problem.status >= 500 ? problem.requestId : undefined
  const translated = hindi[problem.code]
  if (language.locale === 'hi' && translated) return { text: translated, lang: 'hi', requestId }
  return { text: problem.message, lang: 'en', requestId }
}

/** True when nothing is known about the outcome: no answer, or one from something in between. */
export function isUnanswered(problem: unknown): boolean {
  return !(problem instanceof ApiProblem) || problem.status >= 500
}
