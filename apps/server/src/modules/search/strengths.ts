// Numbers on labels and in compositions, each kept once, and how well they meet a typed number.
import type { Carrier } from './carrier.ts'
import { Sequences } from './sequences.ts'
import type { TypedNumber } from './normalise.ts'

const milligrams: Record<string, number> = { mg: 1, g: 1000, mcg: 0.001, kg: 1e6 }

/** How a typed number meets a label's: the strength itself, a later strength, a pack size, or not. */
export const numberMatch = { none: 0, pack: 1, later: 2, first: 3 } as const

export class StrengthTable {
  readonly lists = new Sequences()
  readonly #known = new Map<string, number>()
  readonly #numbers: TypedNumber[] = []

  /** Number of one printed strength or pack size. */
  numberOf(number: TypedNumber): number {
    return this.#known.get(keyOf(number)) ?? this.#push({ ...number })
  }

  #push(number: TypedNumber): number {
    this.#known.set(keyOf(number), this.#numbers.length)
    return this.#numbers.push(number) - 1
  }

  listOf(numbers: readonly TypedNumber[]): number {
    return this.lists.numberOf(numbers.map(number => this.numberOf(number)))
  }

  carry(carrier: Carrier): void {
    this.lists.carry(carrier)
    const numbers = carrier.value(this.#numbers)
    if (numbers === this.#numbers) return
    this.#known.clear()
    this.#numbers.length = 0
    for (const number of numbers) this.#push(number)
  }

  /** True when a typed strength and a printed one are the same amount (1 g is 1000 mg). */
  isSame(typed: TypedNumber, printed: number): boolean {
    const known = this.#numbers[printed]
    return known !== undefined && isSameAmount(typed, known)
  }

  /** How well a label's list meets one typed number. */
  match(typed: TypedNumber, list: number): number {
    let best: number = numberMatch.none
    let place = 0
    for (const printed of this.lists.items(list)) {
      const known = this.#numbers[printed] as TypedNumber
      if (isSameAmount(typed, known)) {
        const found = known.isPack
          ? numberMatch.pack
          : place === 0
            ? numberMatch.first
            : numberMatch.later
        best = Math.max(best, found)
      }
      if (!known.isPack) place += 1
    }
    return best
  }
}

const keyOf = ({ value, unit, isPack }: TypedNumber): string =>
  `${value}${unit}${isPack ? '#' : ''}`

function isSameAmount(typed: TypedNumber, printed: TypedNumber): boolean {
  const typedMg = milligrams[typed.unit]
  const printedMg = milligrams[printed.unit]
  if (typed.value === printed.value)
    return typed.unit === '' || printed.unit === '' || typed.unit === printed.unit
  if (printedMg === undefined) return false
  const printedAmount = printed.value * printedMg
  if (typedMg !== undefined) return Math.abs(typed.value * typedMg - printedAmount) < 1e-6
  // A bare 1000 may be the printed 1 g; a bare 0.5 is never the printed 500 mcg by itself.
  return (
    typed.unit === '' && printed.unit === 'g' && typed.value >= 100 && printedAmount === typed.value
  )
}
