import { divideDown } from '#kernel/money'

export interface UpiRequest {
  /** Virtual payment address, `name@bank`. */
  readonly payeeAddress: string
  readonly payeeName: string
  readonly amountPaise: number
  /** At most 35 letters and digits: what the payer's and our statement show. */
  readonly reference: string
}

/**
 * The link every UPI application reads from a QR code (NPCI's deep-link format): who is paid, how much in rupees with
 * two decimals, and our reference. The amount is fixed; the payer's application shows it unchangeable.
 */
export function upiIntent({ payeeAddress, payeeName, amountPaise, reference }: UpiRequest): string {
  const rupees = `${divideDown(amountPaise, 100)}.${String(amountPaise % 100).padStart(2, '0')}`
  const fields = { pa: payeeAddress, pn: payeeName, tr: reference, am: rupees, cu: 'INR' }
  const query = Object.entries(fields).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  )
  // Applications read %40 and %20 badly in the address: it has neither, by the check in its column.
  return `upi://pay?${query.join('&').replace('%40', '@')}`
}

/** An order's id as a reference UPI allows: letters and digits only, 34 of 35. */
export const upiReference = (orderId: string): string => `JP${orderId.replaceAll('-', '')}`
