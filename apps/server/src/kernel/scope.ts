import { AsyncLocalStorage } from 'node:async_hooks'
import type { Span } from '@opentelemetry/api'

/** Microseconds one request or job has spent waiting, by what it waited for. */
export interface Spent {
  database: number
  poolWait: number
  outbound: number
}

/** What belongs to the request or job at hand, wherever in the code we are: its times and its span. */
export interface Scope {
  readonly spent: Spent
  readonly span: Span | undefined
  /** Set for somebody who has just written: a copy of the database may not know it yet. */
  readonly mustBeFresh: boolean
}

const scopes = new AsyncLocalStorage<Scope>()

export function newScope(span?: Span, mustBeFresh = false): Scope {
  return { spent: { database: 0, poolWait: 0, outbound: 0 }, span, mustBeFresh }
}

export const currentScope = (): Scope | undefined => scopes.getStore()

export function inScope<T>(scope: Scope, work: () => T): T {
  return scopes.run(scope, work)
}

/** Adds time to the request or job at hand; outside of one it belongs to nobody. */
export function addSpent(part: keyof Spent, microseconds: number): void {
  const scope = scopes.getStore()
  if (scope) scope.spent[part] += microseconds
}

export const nowUs = (): number => performance.now() * 1_000

/** Runs a call to another service and counts its time as outbound. */
export async function outbound<T>(call: () => Promise<T>): Promise<T> {
  const from = nowUs()
  try {
    return await call()
  } finally {
    addSpent('outbound', nowUs() - from)
  }
}
