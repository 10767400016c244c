import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { type DocumentRate, largeInvoicePaise, type PeriodAsked } from './period-tables.ts'

/** To registered buyers, or to consumers in another state for a large amount. */
export type Listed = 'registered' | 'large'

const rowsMax = 300_000

/** The invoices of a month that the return lists by themselves, a row for each rate above nil. */
export async function findInvoiceRates(
  db: Reader,
  { gstin, month }: PeriodAsked,
  listed: Listed,
): Promise<DocumentRate[]> {
  const { rows } = await sql<DocumentRate>`
    select invoice.id as "documentId", invoice.number, invoice.issued_on as "issuedOn",
      invoice.total_paise as "valuePaise", invoice.place_of_supply as "placeOfSupply",
      invoice.recipient_gstin as "recipientGstin", line.rate_basis_points as "rateBasisPoints",
      sum(line.taxable_paise)::bigint as "taxablePaise", sum(line.igst_paise)::bigint as "igstPaise",
      sum(line.cgst_paise)::bigint as "cgstPaise", sum(line.sgst_paise)::bigint as "sgstPaise"
    from billing.invoice join billing.invoice_line as line on line.invoice_id = invoice.id
    where invoice.gstin = ${gstin} and invoice.issued_on >= (${month} || '-01')::date
      and invoice.issued_on < (${month} || '-01')::date + interval '1 month' and line.rate_basis_points > 0
      and (case ${listed} when 'registered' then recipient_gstin is not null
        else recipient_gstin is null and split = 'inter' and total_paise > ${largeInvoicePaise}::bigint end)
      and not exists (select from billing.cancellation where document_id = invoice.id)
    group by invoice.id, line.rate_basis_points
    order by invoice.id, line.rate_basis_points limit ${rowsMax}`.execute(db)
  assert(rows.length < rowsMax, 'a month has more invoices to list than one return takes')
  return rows
}

/** The credit notes of a month against such invoices, whenever those were issued. */
export async function findNoteRates(
  db: Reader,
  { gstin, month }: PeriodAsked,
  listed: Listed,
): Promise<DocumentRate[]> {
  const { rows } = await sql<DocumentRate>`
    select note.id as "documentId", note.number, note.issued_on as "issuedOn", note.total_paise as "valuePaise",
      invoice.place_of_supply as "placeOfSupply", invoice.recipient_gstin as "recipientGstin",
      line.rate_basis_points as "rateBasisPoints", sum(credit.taxable_paise)::bigint as "taxablePaise",
      sum(credit.igst_paise)::bigint as "igstPaise", sum(credit.cgst_paise)::bigint as "cgstPaise",
      sum(credit.sgst_paise)::bigint as "sgstPaise"
    from billing.credit_note as note
    join billing.invoice on invoice.id = note.invoice_id
    join billing.credit_line as credit on credit.credit_note_id = note.id
    join billing.invoice_line as line on line.id = credit.invoice_line_id
    where note.gstin = ${gstin} and note.issued_on >= (${month} || '-01')::date
      and note.issued_on < (${month} || '-01')::date + interval '1 month' and line.rate_basis_points > 0
      and (case ${listed} when 'registered' then invoice.recipient_gstin is not null
        else invoice.recipient_gstin is null and invoice.split = 'inter'
          and invoice.total_paise > ${largeInvoicePaise}::bigint end)
    group by note.id, invoice.id, line.rate_basis_points
    order by note.id, line.rate_basis_points limit ${rowsMax}`.execute(db)
  assert(rows.length < rowsMax, 'a month has more notes to list than one return takes')
  return rows
}
