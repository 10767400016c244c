import assert from 'node:assert/strict'
import { openReview } from '#modules/prescriptions'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/transaction'
import { orderNumber } from './order-summary.ts'
import type { Checkout } from './read-checkout.ts'
import type { OrderToWrite } from './write-order.ts'

/**
 * Lays the prescription lines of an order just written before a pharmacist, with the files the customer sent. Refuses
 * as `openReview`: files that are not hers or not ready, a patient that is not hers.
 */
export async function askPharmacist(
  tx: Tx,
  caller: Caller,
  order: OrderToWrite & { serial: number },
  prescription: Checkout['prescription'],
): Promise<void> {
  assert(prescription, 'a prescription line without a prescription was refused before')
  await openReview(tx, caller, {
    orderId: order.id,
    orderNumber: orderNumber(order.serial),
    personId: order.personId,
    storeId: order.storeId,
    patientId: prescription.patientId ?? null,
    uploadIds: prescription.uploadIds,
    lane: order.fulfilment,
    customer: { name: order.address.recipientName, address: addressText(order) },
    lines: order.lines.flatMap(({ needsPrescription, packId, quantity }, index) =>
      needsPrescription ? [{ line: index + 1, packId, packs: quantity }] : [],
    ),
  })
}

/** What the desk offers where the paper names no address; domain 1.6. */
function addressText({ address, lane }: OrderToWrite): string {
  return [
    address.line1,
    address.line2,
    address.landmark,
    address.city,
    `${lane.district}, ${lane.state} ${lane.pin}`,
  ]
    .filter(part => part)
    .join(', ')
}
