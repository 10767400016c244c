import type { PaymentMethod } from './order-states.ts'

const gatewayLeastPaise = 100
const paisePerRupee = 100

/**
 * How much of the offered credit pays an order, and how the rest is paid. Credit that covers it all leaves nothing to
 * pay by another way; of cash it takes whole rupees, as nobody carries paise; and what the bank is asked for is a
 * rupee at least.
 */
export function payWithCredit(order: {
  readonly totalPaise: number
  readonly offeredPaise: number
  readonly paymentMethod: PaymentMethod
}): { creditPaise: number; paymentMethod: PaymentMethod } {
  const { totalPaise, offeredPaise, paymentMethod } = order
  if (offeredPaise > 0 && offeredPaise >= totalPaise) {
    return { creditPaise: totalPaise, paymentMethod: 'prepaid' }
  }
  if (paymentMethod === 'cash_on_delivery') {
    return { creditPaise: offeredPaise - (offeredPaise % paisePerRupee), paymentMethod }
  }
  const mostPaise = Math.max(0, totalPaise - gatewayLeastPaise)
  return { creditPaise: Math.min(offeredPaise, mostPaise), paymentMethod }
}
