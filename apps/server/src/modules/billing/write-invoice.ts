import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/transaction'
import type { InvoiceKind } from './document-kind.ts'
import type { Seller } from './find-seller.ts'
import type { InvoiceLineInput, InvoiceRequest } from './invoice-request.ts'
import type { Numbered } from './next-number.ts'
import type { Split } from './place-of-supply.ts'
import type { ReckonedLine, Totals } from './reckon-invoice.ts'
import { unitQuantityOf } from './unit-quantity.ts'

/** An invoice with everything decided, ready to be written down for good. */
export interface DecidedInvoice {
  readonly id: string
  readonly replacesId: string | null
  readonly request: InvoiceRequest
  readonly seller: Seller
  readonly numbered: Numbered
  readonly kind: InvoiceKind
  readonly split: Split
  readonly placeOfSupply: string
  readonly goods: readonly (InvoiceLineInput & ReckonedLine)[]
  readonly fee: ReckonedLine | null
  readonly totals: Totals
}

export async function writeInvoice(tx: Tx, caller: Caller, invoice: DecidedInvoice): Promise<void> {
  const { id, request, seller, numbered, totals } = invoice
  const { recipient, pharmacist } = request
  await sql`
    insert into billing.invoice (id, number, gstin, prefix, financial_year, serial, kind, order_id, replaces_id,
      store_id, seller_id, person_id, payment_method, credit_part, recipient_name, recipient_address, recipient_district,
      recipient_pin, recipient_gstin, place_of_supply, split, language, gross_paise, discount_paise, net_paise,
      taxable_paise, cgst_paise, sgst_paise, igst_paise, round_off_paise, total_paise, pharmacist_name,
      pharmacist_registration, issued_on, issued_at, issued_by, request_id)
    values (${id}, ${numbered.number}, ${seller.gstin}, ${numbered.prefix}, ${numbered.financialYear},
      ${numbered.serial}, ${invoice.kind}, ${request.orderId}, ${invoice.replacesId}, ${request.storeId}, ${seller.id},
      ${request.personId}, ${request.paymentMethod}, ${request.creditPart ?? 'none'}, ${recipient.name}, ${[...recipient.addressLines]}::text[],
      ${recipient.district}, ${recipient.pin}, ${recipient.gstin ?? null}, ${invoice.placeOfSupply}, ${invoice.split},
      ${recipient.language}, ${totals.grossPaise}, ${totals.discountPaise}, ${totals.netPaise},
      ${totals.taxablePaise}, ${totals.cgstPaise}, ${totals.sgstPaise}, ${totals.igstPaise}, ${totals.roundOffPaise},
      ${totals.totalPaise}, ${pharmacist?.name ?? null}, ${pharmacist?.registration ?? null}, kernel.today(),
      kernel.now(), ${caller.personId}, ${caller.requestId})`.execute(tx)
  const rows = invoice.goods.map((line, at) => goodsRow(line, at + 1, request))
  if (invoice.fee) rows.push(feeRow(invoice.fee, rows.length + 1))
  await sql`
    insert into billing.invoice_line (id, invoice_id, place, order_line, pack_id, dispensing_id, description, pack_label,
      manufacturer, hsn, scheme_mark, batch_id, batch_number, expiry_month, packs, units, units_per_pack, uqc,
      uqc_quantity, mrp_paise, price_paise, gross_paise, discount_paise, share_paise, net_paise, rate_basis_points,
      taxable_paise, cgst_paise, sgst_paise, igst_paise, prescriber_name, patient_name, register_serial)
    select id, ${id}, place, order_line, pack_id, dispensing_id, description, pack_label, manufacturer, hsn,
      scheme_mark, batch_id, batch_number, expiry_month, packs, units, units_per_pack, uqc, uqc_quantity, mrp_paise,
      price_paise, gross_paise, discount_paise, share_paise, net_paise, rate_basis_points, taxable_paise, cgst_paise,
      sgst_paise, igst_paise, prescriber_name, patient_name, register_serial
    from jsonb_populate_recordset(null::billing.invoice_line, ${JSON.stringify(rows)}::jsonb)`.execute(
    tx,
  )
}

function moneyOf(line: ReckonedLine) {
  return {
    hsn: line.hsn,
    gross_paise: line.grossPaise,
    discount_paise: line.discountPaise,
    share_paise: line.sharePaise,
    net_paise: line.netPaise,
    rate_basis_points: line.rateBasisPoints,
    taxable_paise: line.taxablePaise,
    cgst_paise: line.cgstPaise,
    sgst_paise: line.sgstPaise,
    igst_paise: line.igstPaise,
  }
}

function goodsRow(
  line: InvoiceLineInput & ReckonedLine,
  place: number,
  { prescription }: InvoiceRequest,
): Record<string, unknown> {
  const prescribed = prescription?.find(one => one.line === line.line)
  const { uqc, of } = unitQuantityOf(line.packLabel)
  return {
    ...moneyOf(line),
    id: newId(),
    place,
    order_line: line.line,
    pack_id: line.packId,
    dispensing_id: line.dispensingId,
    description: line.description,
    pack_label: line.packLabel,
    manufacturer: line.manufacturer,
    scheme_mark: line.schemeMark,
    batch_id: line.batchId,
    batch_number: line.batchNumber,
    expiry_month: line.expiry,
    packs: line.packs,
    units: line.units,
    units_per_pack: line.unitsPerPack,
    uqc,
    uqc_quantity: of === 'units' ? line.units : line.packs,
    mrp_paise: line.mrpPaise,
    price_paise: line.pricePaise,
    prescriber_name: prescribed?.prescriberName ?? null,
    patient_name: prescribed?.patientName ?? null,
    register_serial: prescribed?.registerSerial ?? null,
  }
}

/** A service has no unit of quantity: the return's own code for that is NA. */
function feeRow(fee: ReckonedLine, place: number): Record<string, unknown> {
  return {
    ...moneyOf(fee),
    id: newId(),
    place,
    description: 'Delivery',
    pack_label: '',
    manufacturer: '',
    packs: 1,
    units: 1,
    units_per_pack: 1,
    uqc: 'NA',
    uqc_quantity: 1,
    mrp_paise: fee.grossPaise,
    price_paise: fee.grossPaise,
  }
}
