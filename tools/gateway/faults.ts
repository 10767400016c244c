import { setTimeout as pause } from 'node:timers/promises'
import { GatewayError } from './shapes.ts'

export type Operation =
  | 'create_order'
  | 'find_order'
  | 'fetch_payments'
  | 'fetch_payment'
  | 'capture'
  | 'refund'
  | 'fetch_refunds'

/** `before`: 500 and nothing was done. `after`: done, and 500 all the same. `hang`: done, and no answer for long. */
export type Fault = 'before' | 'after' | 'hang'

export const hangMs = 30_000

/** What goes wrong with the next calls, planned by tests and by the person at the bank's page. */
export class Faults {
  readonly #planned: { operation: Operation | 'any'; fault: Fault; times: number }[] = []
  readonly #stopping = new AbortController()

  plan(operation: Operation | 'any', fault: Fault, times = 1): void {
    this.#planned.push({ operation, fault, times })
  }

  clear(): void {
    this.#planned.length = 0
  }

  stop(): void {
    this.#stopping.abort()
  }

  async around<T>(operation: Operation, work: () => T): Promise<T> {
    const fault = this.#next(operation)
    if (fault === 'before') throw broken()
    const done = work()
    if (fault === 'after') throw broken()
    if (fault === 'hang') {
      await pause(hangMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
    }
    return done
  }

  #next(operation: Operation): Fault | undefined {
    const index = this.#planned.findIndex(
      one => one.operation === operation || one.operation === 'any',
    )
    const planned = this.#planned[index]
    if (!planned) return undefined
    planned.times--
    if (planned.times <= 0) this.#planned.splice(index, 1)
    return planned.fault
  }
}

const broken = () => new GatewayError(500, 'SERVER_ERROR', 'We are facing some trouble.')
