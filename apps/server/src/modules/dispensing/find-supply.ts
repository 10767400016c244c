import assert from 'node:assert/strict'
import type { Directions } from '@janta/contracts'
import { sql } from 'kysely'
import { findInvoices, findPrintedInvoice, type PrintedDocument } from '#modules/billing'
import { findPacks, type PackFacts, type Reader } from '#modules/catalogue'
import type { Day } from '#kernel/day'
import { Refusal } from '#kernel/refusal'

/** What a prescription line rests on, as it stands in the register. */
export interface SupplyPaper {
  readonly prescriptionId: string
  readonly prescriptionItemId: string
  readonly serial: number
  readonly issuedOn: Day
  readonly prescriberName: string
  readonly prescriberRegistration: string | null
  readonly patientName: string
  readonly pharmacistName: string
  readonly pharmacistRegistration: string
  readonly directions: Directions | null
  readonly isVoid: boolean
}

/** Packs of one batch that left for an order line. */
export interface SupplyItem {
  readonly id: string
  readonly line: number
  readonly packId: string
  readonly batchNumber: string
  /** 'YYYY-MM' */
  readonly expiry: string
  readonly packs: number
  /** Base units. */
  readonly units: number
  readonly packedAt: Date
  readonly pack: PackFacts
  readonly paper: SupplyPaper | null
}

/** Everything an order left with, and the invoice it left on. */
export interface FoundSupply {
  readonly orderId: string
  readonly items: readonly SupplyItem[]
  readonly invoice: PrintedDocument
}

type Row = Omit<SupplyItem, 'pack' | 'paper'> & { readonly paper: SupplyPaper | null }

const itemsMax = 200

/** What was signed off for an order. Refuses `not_found` while nothing was. */
export async function findSupply(db: Reader, orderId: string): Promise<FoundSupply> {
  const { rows } = await sql<Row>`
    select left_shelf.id, order_line as line, pack_id as "packId", batch_number as "batchNumber", expiry_month as expiry, packs,
      units, packed_at as "packedAt", (
        select json_build_object('prescriptionId', entry.prescription_id,
          'prescriptionItemId', entry.prescription_item_id, 'serial', entry.serial, 'issuedOn', entry.issued_on,
          'prescriberName', entry.prescriber_name, 'prescriberRegistration', entry.prescriber_registration,
          'patientName', entry.patient_name, 'pharmacistName', entry.pharmacist_name,
          'pharmacistRegistration', entry.pharmacist_registration, 'directions', entry.directions,
          'isVoid', exists (
            select from dispensing.register_entry as void
            where void.store_id = entry.store_id and void.register = entry.register
              and void.voids_serial = entry.serial))
        from dispensing.register_entry as entry
        where entry.dispensing_id = left_shelf.id and entry.register = 'prescription' and entry.kind = 'supply'
      ) as paper
    from dispensing.dispensing as left_shelf where order_id = ${orderId}
    order by order_line, expiry_month, batch_id limit ${itemsMax}`.execute(db)
  const issued = (await findInvoices(db, [orderId])).get(orderId)?.at(-1)
  if (rows.length === 0 || !issued) {
    throw new Refusal(
      'not_found',
      'Nothing of this order has been signed off yet. Pack it first; its papers are made then.',
    )
  }
  const invoice = await findPrintedInvoice(db, issued.invoiceId)
  const packs = await findPacks(db, [...new Set(rows.map(row => row.packId))])
  assert(invoice, 'an invoice that was found prints')
  return {
    orderId,
    invoice,
    items: rows.map(row => {
      const pack = packs.get(row.packId)
      assert(pack, 'a pack that was dispensed is in the catalogue')
      return { ...row, pack }
    }),
  }
}
