import { setTimeout as pause } from 'node:timers/promises'
import { outbound } from '#kernel/scope'
import type { Breaker } from './breaker.ts'
import { GatewayAway, GatewayRefused } from './gateway.ts'

export interface GatewayCall {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
  /** May it be sent again when no answer came? Reading may; writing only under an idempotency key. */
  readonly isRepeatable: boolean
}

export interface GatewayPlace {
  readonly url: string
  readonly keyId: string
  readonly keySecret: string
  /** For tests of slowness; the usual wait is `answerMsMax`. */
  readonly answerMs?: number | undefined
  readonly breaker: Breaker
}

const answerMsMax = 8_000
const triesMax = 3
const firstPauseMs = 200
const answerBytesMax = 2_000_000

/**
 * Asks the gateway once, or up to three times where a repeat is harmless, pausing longer each time and never by the
 * same measure as another process (full jitter). Throws `GatewayRefused` for a no and `GatewayAway` for no answer.
 */
export async function callGateway(place: GatewayPlace, call: GatewayCall): Promise<unknown> {
  const tries = call.isRepeatable ? triesMax : 1
  for (let attempt = 1; ; attempt++) {
    try {
      return await place.breaker.through(() => outbound(() => askOnce(place, call)))
    } catch (error) {
      if (!(error instanceof GatewayAway) || attempt >= tries) throw error
      await pause(Math.round(Math.random() * firstPauseMs * 2 ** attempt))
    }
  }
}

async function askOnce(place: GatewayPlace, call: GatewayCall): Promise<unknown> {
  const what = `${call.method} ${call.path.split(/[/?]/)[1] ?? ''}`
  const { status, text } = await send(place, call).catch(cause => {
    throw new GatewayAway(what, { cause })
  })
  // 409: the first of two equal requests is still at work. 429: too many at once. Both pass.
  if (status >= 500 || status === 409 || status === 429) throw new GatewayAway(`${what} ${status}`)
  const answer = readJson(text)
  if (status >= 200 && status < 300) {
    if (answer === undefined) throw new GatewayAway(`${what} answered no JSON`)
    return answer
  }
  const code = (answer as { error?: { code?: unknown } } | undefined)?.error?.code
  throw new GatewayRefused(status, typeof code === 'string' ? code : 'UNKNOWN')
}

async function send(place: GatewayPlace, { method, path, body, headers }: GatewayCall) {
  const basic = Buffer.from(`${place.keyId}:${place.keySecret}`).toString('base64')
  const answer = await fetch(`${place.url}${path}`, {
    method,
    headers: {
      authorization: `Basic ${basic}`,
      accept: 'application/json',
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
    redirect: 'error',
    signal: AbortSignal.timeout(place.answerMs ?? answerMsMax),
  })
  const text = await answer.text()
  if (text.length > answerBytesMax) throw new Error('the answer is too long')
  return { status: answer.status, text }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
