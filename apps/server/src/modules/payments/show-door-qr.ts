import type { DoorQr } from '@janta/contracts'
import { renderSVG } from 'uqr'
import { Refusal } from '#kernel/refusal'
import { findDoorDues, noDue } from './door.ts'
import type { Reader } from './intent-row.ts'
import { findSettings } from './settings.ts'
import { upiIntent, upiReference } from './upi-intent.ts'

/**
 * What is due for an order as a UPI QR code. Refuses `not_found` when nothing is due, `payment_state_forbids` once it
 * is decided, and `payment_unavailable` while the pharmacy has set no UPI address of its own.
 */
export async function showDoorQr(db: Reader, orderId: string): Promise<DoorQr> {
  const [dues, settings] = await Promise.all([findDoorDues(db, [orderId]), findSettings(db)])
  const due = dues.get(orderId)
  if (!due) throw noDue()
  if (due.state !== 'expected') {
    throw new Refusal('payment_state_forbids', 'Nothing is due for this order any more.')
  }
  const { upiPayeeAddress: payeeAddress, upiPayeeName: payeeName } = settings
  if (payeeAddress === null || payeeName === null) {
    throw new Refusal(
      'payment_unavailable',
      'The pharmacy has no UPI address yet. Take cash, and have an administrator set the address.',
    )
  }
  const { amountPaise } = due
  const reference = upiReference(orderId)
  const intent = upiIntent({ payeeAddress, payeeName, amountPaise, reference })
  // Correction level M survives a scratched screen; the border of four is what the standard asks for.
  const svg = renderSVG(intent, { ecc: 'M', border: 4 })
  return { amountPaise, payeeAddress, payeeName, reference, intent, svg }
}
