import { ApiProblem } from '@janta/contracts'
import { type Locale, pathIn, withoutLocale } from '@janta/ui/i18n.ts'
import { refusals as english } from '@janta/ui/messages/en/refusals.ts'
import { refusals as hindi } from '@janta/ui/messages/hi/refusals.ts'
import { error, redirect } from '@sveltejs/kit'
import { sentenceWithValues } from './refusal-sentence.ts'

/** A no that a form shows beside what was typed. */
export interface Shown {
  code: string
  message: string
  fields: { field: string; message: string }[]
}

const unavailable: Shown = { code: 'unavailable', message: english.unavailable, fields: [] }

/** Runs a page's reading; what goes wrong becomes a page that says what to do: sign in, look elsewhere, wait. */
export async function pageOf<T>(url: URL, locale: Locale, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (problem) {
    if (problem instanceof ApiProblem) throwPage(problem, url, locale)
    // The router's own redirects and errors pass; a network that failed is the world, not the customer.
    if (isNetwork(problem)) error(503, { message: 'unavailable' })
    throw problem
  }
}

function throwPage(problem: ApiProblem, url: URL, locale: Locale): never {
  const noted = problem.requestId ? { requestId: problem.requestId } : {}
  if (problem.status === 401) redirect(303, signInPath(url, locale))
  // An id that is no id names nothing, as surely as one nobody has.
  if (problem.status === 404 || problem.status === 400)
    error(404, { message: 'not_found', ...noted })
  if (problem.status >= 500 || problem.status === 429)
    error(503, { message: 'unavailable', ...noted })
  throw problem
}

/** What a refused act shows in the customer's language; throws what is a bug. */
export function shownOf(problem: unknown, locale: Locale): Shown {
  if (isNetwork(problem)) return { ...unavailable, message: sentence('unavailable', locale) ?? '' }
  if (!(problem instanceof ApiProblem)) throw problem
  const code = problem.status >= 500 ? 'unavailable' : problem.code
  const own = sentenceWithValues(problem, locale) ?? sentence(code, locale)
  const message =
    locale === 'en' && code !== 'unavailable' ? problem.message : (own ?? problem.message)
  return { code, message, fields: problem.fields.map(({ field, message }) => ({ field, message })) }
}

function sentence(code: string, locale: Locale): string | undefined {
  const words: Record<string, string> = locale === 'hi' ? hindi : english
  return words[code]
}

function isNetwork(problem: unknown): boolean {
  return (
    (problem instanceof TypeError && problem.message === 'fetch failed') ||
    (problem instanceof DOMException && problem.name === 'TimeoutError')
  )
}

/** The sign-in page that leads back to where the customer was. */
export function signInPath(url: URL, locale: Locale): string {
  const next = withoutLocale(url.pathname)
  return `${pathIn(locale, '/sign-in')}?next=${encodeURIComponent(next)}`
}
