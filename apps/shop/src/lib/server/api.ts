import { env } from 'node:process'
import { api as endpoints, type Client, client } from '@janta/contracts'
import type { RequestEvent } from '@sveltejs/kit'

export type Api = Client<typeof endpoints>

const apiUrl = env.API_URL ?? 'http://127.0.0.1:8080'
const answerWithinMs = 10_000

/**
 * The API as the customer of this request. Their cookies and address go along, so that the API sees the person and
 * not the shop; cookies the API sets are used by later calls of the same request and handed back to the browser.
 */
export function openApi(
  event: RequestEvent,
  /** The trace its calls belong to. */
  traceparent: string,
): { api: Api; newCookies: readonly string[] } {
  const jar = new Map(cookiePairs(event.request.headers.get('cookie')))
  const newCookies: string[] = []
  const send: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers)
    if (jar.size > 0)
      headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    headers.set('x-forwarded-for', addressOf(event))
    headers.set('traceparent', traceparent)
    const response = await fetch(input, {
      ...init,
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(answerWithinMs),
    })
    for (const cookie of response.headers.getSetCookie()) {
      newCookies.push(cookie)
      for (const [name, value] of cookiePairs(cookie.split(';', 1)[0] ?? '')) jar.set(name, value)
    }
    return response
  }
  return { api: client(endpoints, apiUrl, send), newCookies }
}

function cookiePairs(header: string | null): [string, string][] {
  return (header ?? '').split(';').flatMap(part => {
    const at = part.indexOf('=')
    return at > 0 ? [[part.slice(0, at).trim(), part.slice(at + 1).trim()] as [string, string]] : []
  })
}

function addressOf(event: RequestEvent): string {
  return event.request.headers.get('x-forwarded-for') ?? event.getClientAddress()
}
