import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import {
  type ConsumerSupply,
  type HeaderSums,
  type HsnSupply,
  type IssuedSeries,
  largeInvoicePaise,
  type NilSupply,
  type Period,
  type PeriodAsked,
} from './period-tables.ts'
import { findInvoiceRates, findNoteRates } from './find-document-rates.ts'

const rowsMax = 20_000

/**
 * The tables of one registration's GSTR-1 for a month. Everything is added up in the database but what the return lists
 * by itself. Run it in one snapshot, or a sale between two of its statements makes them disagree.
 */
export async function findPeriod(db: Reader, asked: PeriodAsked): Promise<Period> {
  const { gstin, month } = asked
  return {
    gstin,
    month,
    registered: await findInvoiceRates(db, asked, 'registered'),
    large: await findInvoiceRates(db, asked, 'large'),
    consumers: await findConsumers(db, asked),
    nil: await findNil(db, asked),
    notesRegistered: await findNoteRates(db, asked, 'registered'),
    notesLarge: await findNoteRates(db, asked, 'large'),
    hsn: await findHsn(db, asked),
    series: await findSeries(db, asked),
    headers: await findHeaders(db, asked),
  }
}

/** Every line sold and, below nothing, every line credited in the month, with what of its invoice decides its table. */
const supply = ({ gstin, month }: PeriodAsked) => sql`
  supply as (
    select invoice.recipient_gstin is not null as is_registered, invoice.split = 'inter' as is_inter,
      invoice.split = 'inter' and invoice.total_paise > ${largeInvoicePaise}::bigint as is_large,
      invoice.place_of_supply, line.rate_basis_points, line.hsn, line.uqc, line.uqc_quantity as quantity,
      line.taxable_paise, line.igst_paise, line.cgst_paise, line.sgst_paise
    from billing.invoice join billing.invoice_line as line on line.invoice_id = invoice.id
    where invoice.gstin = ${gstin} and invoice.issued_on >= (${month} || '-01')::date
      and invoice.issued_on < (${month} || '-01')::date + interval '1 month'
      and not exists (select from billing.cancellation where document_id = invoice.id)
    union all
    select invoice.recipient_gstin is not null, invoice.split = 'inter',
      invoice.split = 'inter' and invoice.total_paise > ${largeInvoicePaise}::bigint,
      invoice.place_of_supply, line.rate_basis_points, line.hsn, line.uqc, -credit.uqc_quantity,
      -credit.taxable_paise, -credit.igst_paise, -credit.cgst_paise, -credit.sgst_paise
    from billing.credit_note as note
    join billing.invoice on invoice.id = note.invoice_id
    join billing.credit_line as credit on credit.credit_note_id = note.id
    join billing.invoice_line as line on line.id = credit.invoice_line_id
    where note.gstin = ${gstin} and note.issued_on >= (${month} || '-01')::date
      and note.issued_on < (${month} || '-01')::date + interval '1 month'
  )`

const sums = sql`
  sum(taxable_paise)::bigint as "taxablePaise", sum(igst_paise)::bigint as "igstPaise",
  sum(cgst_paise)::bigint as "cgstPaise", sum(sgst_paise)::bigint as "sgstPaise"`

async function findConsumers(db: Reader, asked: PeriodAsked): Promise<ConsumerSupply[]> {
  const { rows } = await sql<ConsumerSupply>`
    with ${supply(asked)}
    select is_inter as "isInter", place_of_supply as "placeOfSupply", rate_basis_points as "rateBasisPoints", ${sums}
    from supply where not is_registered and not is_large and rate_basis_points > 0
    group by is_inter, place_of_supply, rate_basis_points
    order by is_inter, place_of_supply, rate_basis_points limit ${rowsMax}`.execute(db)
  return rows
}

async function findNil(db: Reader, asked: PeriodAsked): Promise<NilSupply[]> {
  const { rows } = await sql<NilSupply>`
    with ${supply(asked)}
    select is_inter as "isInter", is_registered as "isRegistered", sum(taxable_paise)::bigint as "nilPaise"
    from supply where rate_basis_points = 0
    group by is_inter, is_registered order by is_inter, is_registered limit ${rowsMax}`.execute(db)
  return rows
}

async function findHsn(db: Reader, asked: PeriodAsked): Promise<HsnSupply[]> {
  const { rows } = await sql<HsnSupply>`
    with ${supply(asked)}
    select is_registered as "isRegistered", left(hsn, ${asked.hsnDigits}::integer) as hsn, uqc,
      rate_basis_points as "rateBasisPoints", sum(quantity)::bigint as quantity, ${sums}
    from supply group by is_registered, 2, uqc, rate_basis_points
    order by is_registered desc, 2, uqc, rate_basis_points limit ${rowsMax}`.execute(db)
  return rows
}

async function findSeries(db: Reader, { gstin, month }: PeriodAsked): Promise<IssuedSeries[]> {
  const { rows } = await sql<IssuedSeries>`
    select kind, min(number) as "from", max(number) as "to", (max(serial) - min(serial) + 1)::bigint as spanned,
      count(*)::bigint as issued, count(*) filter (where is_cancelled)::bigint as cancelled
    from (
      select kind, prefix, financial_year, number, serial, issued_on,
        exists (select from billing.cancellation where document_id = invoice.id) as is_cancelled
      from billing.invoice where gstin = ${gstin}
      union all
      select 'credit_note', prefix, financial_year, number, serial, issued_on, false
      from billing.credit_note where gstin = ${gstin}
    ) as document
    where issued_on >= (${month} || '-01')::date and issued_on < (${month} || '-01')::date + interval '1 month'
    group by kind, prefix, financial_year order by kind, prefix limit ${rowsMax}`.execute(db)
  return rows
}

async function findHeaders(db: Reader, { gstin, month }: PeriodAsked): Promise<HeaderSums> {
  const { rows } = await sql<HeaderSums>`
    select count(*) filter (where sign = 1)::bigint as invoices, count(*) filter (where sign = -1)::bigint as "creditNotes",
      coalesce(sum(total_paise) filter (where sign = 1), 0)::bigint as "invoicedPaise",
      coalesce(sum(total_paise) filter (where sign = -1), 0)::bigint as "creditedPaise",
      coalesce(sum(sign * taxable_paise), 0)::bigint as "taxablePaise",
      coalesce(sum(sign * igst_paise), 0)::bigint as "igstPaise",
      coalesce(sum(sign * cgst_paise), 0)::bigint as "cgstPaise",
      coalesce(sum(sign * sgst_paise), 0)::bigint as "sgstPaise"
    from (
      select 1 as sign, issued_on, total_paise, taxable_paise, igst_paise, cgst_paise, sgst_paise
      from billing.invoice where gstin = ${gstin}
        and not exists (select from billing.cancellation where document_id = invoice.id)
      union all
      select -1, issued_on, total_paise, taxable_paise, igst_paise, cgst_paise, sgst_paise
      from billing.credit_note where gstin = ${gstin}
    ) as document
    where issued_on >= (${month} || '-01')::date and issued_on < (${month} || '-01')::date + interval '1 month'`.execute(
    db,
  )
  return rows[0]!
}
