import type { ApiProblem } from '@janta/contracts'
import { formatPaise, type Locale } from '@janta/ui/format.ts'
import { refusalsWithValues as english } from '@janta/ui/messages/en/refusals.ts'
import { refusalsWithValues as hindi } from '@janta/ui/messages/hi/refusals.ts'

const minuteSeconds = 60

/** A refusal in the customer's language with its numbers; undefined when the API sent none that we know to say. */
export function sentenceWithValues(
  problem: Pick<ApiProblem, 'code' | 'values' | 'retryAfterSeconds'>,
  locale: Locale,
): string | undefined {
  const words = locale === 'hi' ? hindi : english
  const { left, name, cashLimitPaise, totalPaise, pin, linesMax } = problem.values
  const wait = problem.retryAfterSeconds
  switch (problem.code) {
    case 'out_of_stock':
      if (typeof left !== 'number' || typeof name !== 'string') return undefined
      return left === 0 ? words.out_of_stock.gone(name) : words.out_of_stock.left(left, name)
    case 'cash_limit_exceeded':
      if (typeof cashLimitPaise !== 'number' || typeof totalPaise !== 'number') return undefined
      return words.cash_limit_exceeded(
        formatPaise(cashLimitPaise, locale),
        formatPaise(totalPaise, locale),
      )
    case 'pin_code_not_served':
      return typeof pin === 'string' ? words.pin_code_not_served(pin) : undefined
    case 'quantity_invalid':
      return typeof linesMax === 'number' ? words.quantity_invalid(linesMax) : undefined
    case 'too_many_requests':
      if (wait === undefined) return undefined
      return wait < minuteSeconds
        ? words.too_many_requests.seconds(wait)
        : words.too_many_requests.minutes(Math.ceil(wait / minuteSeconds))
    default:
      return undefined
  }
}
