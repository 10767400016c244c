import type { Serviceability } from '@janta/contracts'
import { assertWhole, divideDown } from '#kernel/money'
import { Refusal } from '#kernel/refusal'

export interface PricedLine {
  readonly quantity: number
  readonly pricePaise: number
}

const noDiscount = { discountPaise: 0, isDeliveryFree: false }

export interface OrderTotal {
  readonly itemsPaise: number
  readonly discountPaise: number
  readonly deliveryFeePaise: number
  readonly totalPaise: number
}

/**
 * Items at the price of each line less the discounts, and the delivery fee unless an offer or the amount of the items
 * waives it: the amount before discounts, so that no coupon makes the way dearer.
 */
export function totalOf(
  lines: readonly PricedLine[],
  lane: Pick<Serviceability, 'feePaise' | 'freeAbovePaise'>,
  { discountPaise, isDeliveryFree }: typeof noDiscount = noDiscount,
): OrderTotal {
  const itemsPaise = lines.reduce((sum, line) => sum + line.quantity * line.pricePaise, 0)
  const isFree = isDeliveryFree || itemsPaise >= lane.freeAbovePaise
  const deliveryFeePaise = isFree ? 0 : lane.feePaise
  const totalPaise = itemsPaise - discountPaise + deliveryFeePaise
  assertWhole(totalPaise)
  return { itemsPaise, discountPaise, deliveryFeePaise, totalPaise }
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
