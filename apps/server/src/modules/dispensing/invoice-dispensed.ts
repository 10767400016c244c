import assert from 'node:assert/strict'
import {
  type InvoiceRequest,
  issueInvoice,
  type IssuedInvoice,
  type PrescriptionOfLine,
} from '#modules/billing'
import type { PackFacts } from '#modules/catalogue'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/transaction'

/** To whom and on what terms an order is sold; the goods come from what was dispensed. */
export type Sale = Pick<
  InvoiceRequest,
  | 'storeId'
  | 'personId'
  | 'paymentMethod'
  | 'creditPart'
  | 'recipient'
  | 'deliveryFeePaise'
  | 'discounts'
>

export interface DispensedRow {
  readonly id: string
  readonly order_line: number
  readonly pack_id: string
  readonly batch_id: string
  readonly batch_number: string
  readonly expiry_month: string
  readonly packs: number
  readonly units: number
  readonly mrp_paise: number
  readonly price_paise: number
}

/** Schedules whose mark stands on the line of a memo, the strictest first. */
const marks = ['X', 'H1', 'H', 'G'] as const

/**
 * Issues the one document of the sale for what has just left the shelf, one line a batch, in the same transaction: it
 * is the retail memo of Drugs Rules 65(4)(3) and the invoice of CGST rule 46. Refuses as `issueInvoice`.
 */
export async function invoiceDispensed(
  tx: Tx,
  caller: Caller,
  sold: {
    orderId: string
    sale: Sale
    rows: readonly DispensedRow[]
    packs: ReadonlyMap<string, PackFacts>
    prescription: readonly PrescriptionOfLine[]
    pharmacist: InvoiceRequest['pharmacist']
  },
): Promise<IssuedInvoice> {
  const lines = sold.rows.map(row => {
    const pack = sold.packs.get(row.pack_id)
    assert(pack, 'a pack that was dispensed is in the catalogue')
    return {
      line: row.order_line,
      packId: row.pack_id,
      description: pack.name,
      packLabel: pack.packLabel,
      manufacturer: pack.manufacturer,
      hsn: pack.hsn,
      schemeMark: marks.find(mark => pack.schedules.includes(mark)) ?? null,
      batchId: row.batch_id,
      batchNumber: row.batch_number,
      expiry: row.expiry_month,
      packs: row.packs,
      units: row.units,
      unitsPerPack: pack.unitsPerPack,
      mrpPaise: row.mrp_paise,
      pricePaise: row.price_paise,
      dispensingId: row.id,
    }
  })
  const { orderId, sale, prescription, pharmacist } = sold
  return issueInvoice(tx, caller, { orderId, ...sale, lines, prescription, pharmacist })
}
