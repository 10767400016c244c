import assert from 'node:assert/strict'
import { outbound } from '#kernel/scope'

/** The store could not be reached, was too slow or said it is overloaded: answered with a 503. */
export class StorageUnavailable extends Error {
  readonly code = 'STORAGE_UNAVAILABLE'
  constructor(attempted: string, cause: unknown) {
    super(`The file store did not answer while trying to ${attempted}.`, { cause })
    this.name = 'StorageUnavailable'
  }
}

interface Fault {
  readonly name?: string
  readonly code?: string
  readonly $metadata?: { readonly httpStatusCode?: number }
}

const goneNames = new Set(['TimeoutError', 'AbortError', 'CredentialsProviderError', 'SlowDown'])
const goneCodes = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
])

/** True when the store is at fault or away; a refusal of ours (a key, a right, a bucket) is a bug. */
function isGone(error: unknown): boolean {
  const { name = '', code = '', $metadata } = error as Fault
  const status = $metadata?.httpStatusCode ?? 0
  return goneNames.has(name) || goneCodes.has(code) || status >= 500 || status === 429
}

export function statusOf(error: unknown): number | undefined {
  return (error as Fault).$metadata?.httpStatusCode
}

/**
 * Runs one call with a signal that ends it after `withinMs`, retries included. The time counts to
 * the answer's head; a body that streams afterwards is bounded by its socket's idle time instead.
 */
export async function answeredWithin<T>(
  withinMs: number,
  attempted: string,
  call: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  assert(withinMs > 0)
  const controller = new AbortController()
  const late = setTimeout(() => controller.abort(), withinMs)
  try {
    return await outbound(() => call(controller.signal))
  } catch (error) {
    throw isGone(error) ? new StorageUnavailable(attempted, error) : error
  } finally {
    clearTimeout(late)
  }
}
