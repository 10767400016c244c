import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import type { PeriodAsked } from './period-tables.ts'
import type { Voucher } from './tally-xml.ts'

export const vouchersMax = 5_000

/** A page of the month's standing invoices and credit notes in the order of their ids, each with its sums by rate. */
export async function findVouchers(
  db: Reader,
  { gstin, month }: Pick<PeriodAsked, 'gstin' | 'month'>,
  after: string | null,
): Promise<Voucher[]> {
  const { rows } = await sql<Voucher>`
    with document as (
      (select id, kind, number, issued_on, payment_method, split, total_paise, round_off_paise
      from billing.invoice
      where gstin = ${gstin} and issued_on >= (${month} || '-01')::date
        and issued_on < (${month} || '-01')::date + interval '1 month'
        and (${after}::uuid is null or id > ${after})
        and not exists (select from billing.cancellation where document_id = invoice.id)
      order by id limit ${vouchersMax})
      union all
      (select note.id, 'credit_note', note.number, note.issued_on, invoice.payment_method, invoice.split,
        note.total_paise, note.round_off_paise
      from billing.credit_note as note join billing.invoice on invoice.id = note.invoice_id
      where note.gstin = ${gstin} and note.issued_on >= (${month} || '-01')::date
        and note.issued_on < (${month} || '-01')::date + interval '1 month'
        and (${after}::uuid is null or note.id > ${after})
      order by note.id limit ${vouchersMax})
      order by id limit ${vouchersMax}
    ), part as (
      select document.id, line.rate_basis_points, line.taxable_paise, line.cgst_paise, line.sgst_paise, line.igst_paise
      from document join billing.invoice_line as line on line.invoice_id = document.id
      union all
      select document.id, line.rate_basis_points, credit.taxable_paise, credit.cgst_paise, credit.sgst_paise,
        credit.igst_paise
      from document
      join billing.credit_line as credit on credit.credit_note_id = document.id
      join billing.invoice_line as line on line.id = credit.invoice_line_id
    ), rate as (
      select id, json_agg(json_build_object('rateBasisPoints', rate_basis_points, 'taxablePaise', taxable,
        'cgstPaise', cgst, 'sgstPaise', sgst, 'igstPaise', igst) order by rate_basis_points) as rates
      from (
        select id, rate_basis_points, sum(taxable_paise) as taxable, sum(cgst_paise) as cgst, sum(sgst_paise) as sgst,
          sum(igst_paise) as igst
        from part group by id, rate_basis_points
      ) as summed group by id
    )
    select document.id, kind, number, issued_on as "issuedOn", payment_method as payment, split = 'inter' as "isInter",
      split = 'intra_union' as "isUnion", total_paise as "totalPaise", round_off_paise as "roundOffPaise", rate.rates
    from document join rate on rate.id = document.id order by document.id`.execute(db)
  return rows
}
