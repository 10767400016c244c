import { isDay } from '#kernel/day'
import { Refusal } from '#kernel/refusal'
import { isShortDated } from './bill-flags.ts'
import { licenceObstacle, licencesFor } from './licence.ts'
import type { PreparedBill } from './prepare-bill.ts'

/**
 * The first reason not to take a bill, or null: an impossible day or discount, an order that is not open, a supplier
 * without the licence, goods that expire too soon, a total that is not the sum of its lines.
 */
export function billObstacle(prepared: PreparedBill): Refusal | null {
  return (
    impossible(prepared) ??
    orderObstacle(prepared) ??
    unlicensed(prepared) ??
    shortDated(prepared) ??
    totalObstacle(prepared)
  )
}

function impossible({ bill, reckoned, today }: PreparedBill): Refusal | null {
  if (!isDay(bill.billDate) || bill.billDate > today) {
    return new Refusal('receipt_invalid', 'Read the date on the bill again.', {
      fields: [{ field: 'billDate', message: 'There is no such day, or it has not come yet' }],
    })
  }
  if (reckoned) return null
  return new Refusal('receipt_invalid', 'The discount on the bill is above its goods.', {
    fields: [{ field: 'billDiscountPaise', message: 'is above the value of the lines' }],
  })
}

function orderObstacle({ bill, order }: PreparedBill): Refusal | null {
  if (order === null) return null
  if (order.supplierId !== bill.supplierId) {
    return new Refusal('order_state_forbids', `Order ${order.number} went to another supplier.`)
  }
  if (['sent', 'part_received'].includes(order.state)) return null
  const next = order.state === 'draft' ? 'Send it first.' : 'Receive the bill without an order.'
  return new Refusal('order_state_forbids', `Order ${order.number} is ${order.state}. ${next}`)
}

function unlicensed({ supplier, lines, overrideId, today }: PreparedBill): Refusal | null {
  if (overrideId !== null) return null
  const fields = lines.flatMap(({ pack }, at) => {
    const wanted = licencesFor(pack)
    const message = wanted && licenceObstacle(supplier.licences, wanted, today)
    return message ? [{ field: `lines.${at}.medicineId`, message }] : []
  })
  if (fields.length === 0) return null
  return new Refusal(
    'supplier_not_licensed',
    `${fields[0]?.message} Enter the licence after seeing it, or ask an administrator to answer for this bill.`,
    { fields },
  )
}

function shortDated({ lines, policy, today }: PreparedBill): Refusal | null {
  const fields = lines.flatMap(({ line }, at) =>
    isShortDated(line, { today, minLifeDays: policy.minLifeDays }) && !line.shortExpiryReason
      ? [{ field: `lines.${at}.expiry`, message: `Batch ${line.batchNumber} ends ${line.expiry}` }]
      : [],
  )
  if (fields.length === 0) return null
  return new Refusal(
    'batch_short_dated',
    `Goods must last ${policy.minLifeDays} days. Give them back, or note what the supplier promised.`,
    { fields },
  )
}

function totalObstacle({ bill, reckoned, policy }: PreparedBill): Refusal | null {
  const difference = bill.printedTotalPaise - (reckoned?.totalPaise ?? 0)
  if (Math.abs(difference) <= policy.billTolerancePaise) return null
  const by = `${difference > 0 ? 'above' : 'below'} its lines by ${rupees(Math.abs(difference))}`
  return new Refusal(
    'bill_total_differs',
    `The printed total is ${by}; ${rupees(policy.billTolerancePaise)} is allowed for rounding. Look for a mistyped rate, packs or tax.`,
    { fields: [{ field: 'printedTotalPaise', message: `is ${by}` }] },
  )
}

function rupees(paise: number): string {
  return `₹${Math.trunc(paise / 100)}.${String(paise % 100).padStart(2, '0')}`
}
