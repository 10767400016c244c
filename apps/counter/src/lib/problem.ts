import { ApiProblem } from '@janta/contracts'
import { refusals as shared } from '@janta/ui/messages/hi/refusals.ts'
import { language } from '#lib/language.svelte.ts'
import { refusals as own } from '#lib/messages/hi/refusals.ts'

// The desk's own words go before the customer's: the same no asks something else of each.
const hindi: Record<string, string> = { ...shared, ...own }
let isFetched = false

/** What only staff are told, fetched by the first screen in Hindi: no English page carries it. */
async function fetchHindi(): Promise<void> {
  if (isFetched) return
  isFetched = true
  try {
    const [rx, store] = await Promise.all([
      import('#lib/messages/hi/refusals-rx.ts'),
      import('#lib/messages/hi/refusals-store.ts'),
    ])
    Object.assign(hindi, store.refusals, rx.refusals)
  } catch {
    // Without the line the API's own sentence is shown in English, and the next refusal asks again.
    isFetched = false
  }
}
if (language.locale === 'hi') void fetchHindi()

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
  if (language.locale === 'hi') void fetchHindi()
  const requestId = problem.status >= 500 ? problem.requestId : undefined
  const translated = hindi[problem.code]
  if (language.locale === 'hi' && translated) return { text: translated, lang: 'hi', requestId }
  return { text: problem.message, lang: 'en', requestId }
}

/** A refusal the API tells beforehand, by its code: in Hindi where it has words, else its own sentence in English. */
export function toldBefore(code: string, sentence: string): Pick<Told, 'text' | 'lang'> {
  if (language.locale !== 'hi') return { text: sentence, lang: 'en' }
  void fetchHindi()
  const translated = hindi[code]
  return translated ? { text: translated, lang: 'hi' } : { text: sentence, lang: 'en' }
}

/** True when nothing is known about the outcome: no answer, or one from something in between. */
export function isUnanswered(problem: unknown): boolean {
  return !(problem instanceof ApiProblem) || problem.status >= 500
}
