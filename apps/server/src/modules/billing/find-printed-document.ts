import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { getSeller } from './find-seller.ts'
import type { PrintedDocument, PrintedLine } from './printed-document.ts'

type Head = Omit<PrintedDocument, 'seller' | 'lines' | 'pharmacist' | 'recipient' | 'credits'> & {
  sellerId: string
  recipient: PrintedDocument['recipient']
  pharmacist: PrintedDocument['pharmacist']
}

type NoteHead = Head & { invoiceNumber: string; invoiceIssuedAt: Date; reason: string }

const recipientColumns = sql`
  json_build_object('name', invoice.recipient_name, 'addressLines', invoice.recipient_address,
    'district', invoice.recipient_district, 'pin', invoice.recipient_pin, 'gstin', invoice.recipient_gstin)
    as recipient, invoice.language, invoice.place_of_supply as "placeOfSupply", invoice.split,
  invoice.payment_method as "paymentMethod", invoice.credit_part as "creditPart",
  case when invoice.pharmacist_name is not null then json_build_object('name', invoice.pharmacist_name,
    'registration', invoice.pharmacist_registration) end as pharmacist`

const lineColumns = sql`
  line.description, line.pack_label as "packLabel", line.manufacturer, line.hsn, line.scheme_mark as "schemeMark",
  line.batch_number as "batchNumber", line.expiry_month as expiry, line.units_per_pack as "unitsPerPack", line.uqc,
  line.mrp_paise as "mrpPaise", line.rate_basis_points as "rateBasisPoints",
  line.prescriber_name as "prescriberName", line.patient_name as "patientName",
  line.register_serial as "registerSerial"`

/** An invoice as it prints, or undefined when the id is none's. */
export async function findPrintedInvoice(
  db: Reader,
  id: string,
): Promise<PrintedDocument | undefined> {
  const { rows } = await sql<Head>`
    select id, number, kind, issued_at as "issuedAt", layout, seller_id as "sellerId", ${recipientColumns},
      gross_paise as "grossPaise", discount_paise as "discountPaise", net_paise as "netPaise",
      taxable_paise as "taxablePaise", cgst_paise as "cgstPaise", sgst_paise as "sgstPaise",
      igst_paise as "igstPaise", round_off_paise as "roundOffPaise", total_paise as "totalPaise"
    from billing.invoice where id = ${id}`.execute(db)
  const [head] = rows
  if (!head) return undefined
  const lines = await sql<PrintedLine>`
    select ${lineColumns}, line.packs, line.units, line.uqc_quantity as "uqcQuantity", line.gross_paise as "grossPaise",
      line.discount_paise + line.share_paise as "discountPaise", line.net_paise as "netPaise",
      line.taxable_paise as "taxablePaise", line.cgst_paise as "cgstPaise", line.sgst_paise as "sgstPaise",
      line.igst_paise as "igstPaise"
    from billing.invoice_line as line where line.invoice_id = ${id} order by line.place`.execute(db)
  return { ...head, seller: await getSeller(db, head.sellerId), lines: lines.rows, credits: null }
}

/** A credit note as it prints, or undefined when the id is none's. */
export async function findPrintedCreditNote(
  db: Reader,
  id: string,
): Promise<PrintedDocument | undefined> {
  const { rows } = await sql<NoteHead>`
    select note.id, note.number, 'credit_note' as kind, note.issued_at as "issuedAt", note.layout,
      note.seller_id as "sellerId", ${recipientColumns}, note.net_paise as "grossPaise", 0 as "discountPaise",
      note.net_paise as "netPaise", note.taxable_paise as "taxablePaise", note.cgst_paise as "cgstPaise",
      note.sgst_paise as "sgstPaise", note.igst_paise as "igstPaise", note.round_off_paise as "roundOffPaise",
      note.total_paise as "totalPaise", invoice.number as "invoiceNumber", invoice.issued_at as "invoiceIssuedAt",
      note.reason
    from billing.credit_note as note join billing.invoice on invoice.id = note.invoice_id
    where note.id = ${id}`.execute(db)
  const [head] = rows
  if (!head) return undefined
  const lines = await sql<PrintedLine>`
    select ${lineColumns}, line.packs, credit.units, credit.uqc_quantity as "uqcQuantity",
      credit.net_paise as "grossPaise", 0 as "discountPaise", credit.net_paise as "netPaise",
      credit.taxable_paise as "taxablePaise", credit.cgst_paise as "cgstPaise", credit.sgst_paise as "sgstPaise",
      credit.igst_paise as "igstPaise"
    from billing.credit_line as credit join billing.invoice_line as line on line.id = credit.invoice_line_id
    where credit.credit_note_id = ${id} order by credit.place`.execute(db)
  const { invoiceNumber, invoiceIssuedAt, reason, ...rest } = head
  return {
    ...rest,
    seller: await getSeller(db, head.sellerId),
    lines: lines.rows,
    credits: { number: invoiceNumber, issuedAt: invoiceIssuedAt, reason },
  }
}
