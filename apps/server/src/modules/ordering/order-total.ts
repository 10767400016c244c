import type { Serviceability } from '@janta/contracts'
import { assertWhole, divideDown } from '#kernel/money'
import { Refusal } from '#kernel/refusal'

export interface PricedLine {
  readonly quantity: number
  readonly pricePaise: number
}

export interface OrderTotal {
  readonly itemsPaise: number
  readonly deliveryFeePaise: number
  readonly totalPaise: number
}

/** Items at the price of each line, and the delivery fee unless the items reach the amount that waives it. */
export function totalOf(
  lines: readonly PricedLine[],
  lane: Pick<Serviceability, 'feePaise' | 'freeAbovePaise'>,
): OrderTotal {
  const itemsPaise = lines.reduce((sum, line) => sum + line.quantity * line.pricePaise, 0)
  const deliveryFeePaise = itemsPaise >= lane.freeAbovePaise ? 0 : lane.feePaise
  assertWhole(itemsPaise + deliveryFeePaise)
  return { itemsPaise, deliveryFeePaise, totalPaise: itemsPaise + deliveryFeePaise }
}

/** Refuses `cash_limit_exceeded`: a rider should not carry, nor a customer owe at the door, more than the limit. */
export function assertCashAllowed(totalPaise: number, cashLimitPaise: number): void {
  if (totalPaise <= cashLimitPaise) return
  throw new Refusal(
    'cash_limit_exceeded',
    `Cash on delivery is for orders up to ${rupees(cashLimitPaise)}, and this one comes to ${rupees(totalPaise)}. Take something out, or order in two parts.`,
    { values: { cashLimitPaise, totalPaise } },
  )
}

export function rupees(paise: number): string {
  return `₹${divideDown(paise, 100)}.${String(paise % 100).padStart(2, '0')}`
}
