import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Day } from '#kernel/day'
import { emit } from '#kernel/events'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import {
  type CreditedLine,
  creditLines,
  type InvoicedLine,
  type Returned,
} from './credit-request.ts'
import { roundOffCredited } from './credited-so-far.ts'
import { findSeller } from './find-seller.ts'
import { nextNumber } from './next-number.ts'

export interface IssuedCreditNote {
  readonly creditNoteId: string
  readonly number: string
  /** What goes back to the customer, his part of the cash rounding included. */
  readonly totalPaise: number
  /** Base units credited, by what was dispensed. */
  readonly units: ReadonlyMap<string, number>
}

/**
 * Credits what came back of an order's invoice, at the rate and split of the invoice whatever holds today, in the
 * caller's transaction. Notes of one store take turns at their counter, so two of one invoice cannot both credit its
 * last pack. Emits `billing.credit_note_issued`, after which a job prints it. Refuses `not_found` for an order without
 * a standing invoice and `credit_exceeds_invoice`.
 */
export async function issueCreditNote(
  tx: Tx,
  caller: Caller,
  request: { orderId: string; reason: string; lines: Returned },
): Promise<IssuedCreditNote> {
  const invoice = await findStanding(tx, request.orderId)
  const kind = 'credit_note' as const
  const numbered = await nextNumber(tx, { ...invoice, kind }, invoice.today)
  // Read after the counter was locked: what another note credited meanwhile is seen.
  const lines = await findInvoicedLines(tx, invoice.id)
  const credits = creditLines(lines, request.lines)
  const creditedBefore = lines.reduce((sum, line) => sum + line.credited.netPaise, 0)
  const totals = totalsOf(credits)
  const rounded = (net: number) => roundOffCredited(invoice.roundOffPaise, net, invoice.netPaise)
  const roundOffPaise = rounded(creditedBefore + totals.netPaise) - rounded(creditedBefore)
  const totalPaise = totals.netPaise + roundOffPaise
  const id = newId()
  await sql`
    insert into billing.credit_note (id, number, gstin, prefix, financial_year, serial, invoice_id, order_id, store_id,
      seller_id, reason, net_paise, taxable_paise, cgst_paise, sgst_paise, igst_paise, round_off_paise, total_paise,
      issued_on, issued_at, issued_by, request_id)
    values (${id}, ${numbered.number}, ${invoice.gstin}, ${numbered.prefix}, ${numbered.financialYear},
      ${numbered.serial}, ${invoice.id}, ${request.orderId}, ${invoice.storeId}, ${await sellerIdNow(tx, invoice)},
      ${request.reason}, ${totals.netPaise}, ${totals.taxablePaise}, ${totals.cgstPaise}, ${totals.sgstPaise},
      ${totals.igstPaise}, ${roundOffPaise}, ${totalPaise}, kernel.today(), kernel.now(), ${caller.personId},
      ${caller.requestId})`.execute(tx)
  await writeLines(tx, id, credits)
  await emit(tx, caller, 'billing.credit_note_issued', { creditNoteId: id })
  const units = new Map(
    credits.flatMap(one => (one.dispensingId === null ? [] : [[one.dispensingId, one.units]])),
  )
  return { creditNoteId: id, number: numbered.number, totalPaise, units }
}

interface Standing {
  readonly id: string
  readonly gstin: string
  readonly storeId: string
  readonly sellerId: string
  readonly netPaise: number
  readonly roundOffPaise: number
  readonly today: Day
}

async function findStanding(tx: Tx, orderId: string): Promise<Standing> {
  const { rows } = await sql<Standing>`
    select id, gstin, store_id as "storeId", seller_id as "sellerId", net_paise as "netPaise",
      round_off_paise as "roundOffPaise", kernel.today() as today
    from billing.invoice
    where order_id = ${orderId}
      and not exists (select from billing.cancellation where cancellation.document_id = invoice.id)
    order by id desc limit 1`.execute(tx)
  const [standing] = rows
  if (standing) return standing
  throw new Refusal(
    'not_found',
    'This order has no invoice to credit. Before goods are invoiced, cancel the order instead.',
  )
}

/** The seller as he is now prints on the note, unless he has another registration by now. */
async function sellerIdNow(tx: Tx, invoice: Standing): Promise<string> {
  const now = await findSeller(tx, invoice.storeId, invoice.today)
  return now?.gstin === invoice.gstin ? now.id : invoice.sellerId
}

interface LineRow extends Omit<InvoicedLine, 'credited'> {
  readonly netCredited: number
  readonly taxableCredited: number
  readonly cgstCredited: number
  readonly sgstCredited: number
  readonly igstCredited: number
}

async function findInvoicedLines(tx: Tx, invoiceId: string): Promise<InvoicedLine[]> {
  const { rows } = await sql<LineRow>`
    select line.id, line.dispensing_id as "dispensingId", line.packs, line.units,
      line.units_per_pack as "unitsPerPack", line.uqc_quantity as "uqcQuantity", line.net_paise as "netPaise",
      line.taxable_paise as "taxablePaise", line.cgst_paise as "cgstPaise", line.sgst_paise as "sgstPaise",
      line.igst_paise as "igstPaise", coalesce(sum(credit.units), 0)::bigint as "unitsCredited",
      coalesce(sum(credit.net_paise), 0)::bigint as "netCredited",
      coalesce(sum(credit.taxable_paise), 0)::bigint as "taxableCredited",
      coalesce(sum(credit.cgst_paise), 0)::bigint as "cgstCredited",
      coalesce(sum(credit.sgst_paise), 0)::bigint as "sgstCredited",
      coalesce(sum(credit.igst_paise), 0)::bigint as "igstCredited"
    from billing.invoice_line as line
    left join billing.credit_line as credit on credit.invoice_line_id = line.id
    where line.invoice_id = ${invoiceId}
    group by line.id order by line.place`.execute(tx)
  return rows.map(row => ({
    ...row,
    credited: {
      netPaise: row.netCredited,
      taxablePaise: row.taxableCredited,
      cgstPaise: row.cgstCredited,
      sgstPaise: row.sgstCredited,
      igstPaise: row.igstCredited,
    },
  }))
}

function totalsOf(credits: readonly CreditedLine[]) {
  const sum = (of: (credit: CreditedLine) => number) =>
    credits.reduce((total, credit) => total + of(credit), 0)
  const totals = {
    netPaise: sum(one => one.netPaise),
    taxablePaise: sum(one => one.taxablePaise),
    cgstPaise: sum(one => one.cgstPaise),
    sgstPaise: sum(one => one.sgstPaise),
    igstPaise: sum(one => one.igstPaise),
  }
  const { netPaise, taxablePaise, cgstPaise, sgstPaise, igstPaise } = totals
  assert(netPaise === taxablePaise + cgstPaise + sgstPaise + igstPaise, 'a note adds up')
  return totals
}

async function writeLines(tx: Tx, noteId: string, credits: readonly CreditedLine[]): Promise<void> {
  const rows = credits.map((credit, at) => ({
    id: newId(),
    credit_note_id: noteId,
    invoice_line_id: credit.invoiceLineId,
    place: at + 1,
    units: credit.units,
    uqc_quantity: credit.uqcQuantity,
    net_paise: credit.netPaise,
    taxable_paise: credit.taxablePaise,
    cgst_paise: credit.cgstPaise,
    sgst_paise: credit.sgstPaise,
    igst_paise: credit.igstPaise,
  }))
  await sql`
    insert into billing.credit_line (id, credit_note_id, invoice_line_id, place, units, uqc_quantity, net_paise,
      taxable_paise, cgst_paise, sgst_paise, igst_paise)
    select id, credit_note_id, invoice_line_id, place, units, uqc_quantity, net_paise, taxable_paise, cgst_paise,
      sgst_paise, igst_paise
    from jsonb_populate_recordset(null::billing.credit_line, ${JSON.stringify(rows)}::jsonb)`.execute(
    tx,
  )
}
