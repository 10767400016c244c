import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { IssuedInvoice } from '#modules/billing'
import { findPacks } from '#modules/catalogue'
import {
  chargeablePaise,
  type CutOfPack,
  type Issued,
  issueReserved,
  type Picked,
} from '#modules/stock'
import type { Caller } from '#kernel/caller'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/transaction'
import { type DispensedRow, invoiceDispensed, type Sale } from './invoice-dispensed.ts'
import { assertChecked } from './second-check.ts'
import { coverOrder, bookSupply } from './supply-on-prescription.ts'

export interface DispenseLine {
  readonly line: number
  readonly packId: string
  /** Packs to leave. */
  readonly quantity: number
  /** Where the last of these packs is cut; null for whole packs. */
  readonly cut: CutOfPack | null
  readonly needsPrescription: boolean
  /** Charged for one pack so far; a batch with a lower MRP or a ceiling notified since brings it down. */
  readonly pricePaise: number
}

/**
 * Signs an order off: checks what its prescription lines rest on, takes its packs off the shelf and writes which batch
 * each of them left in, who took it, at what price, what was used up of the prescription, and the invoice of it, all
 * in the caller's transaction. Returns the price of each line now, by line number, and the document. Refuses as
 * `assertChecked`, `coverOrder`, `issueReserved` and `issueInvoice`.
 */
export async function dispense(
  tx: Tx,
  caller: Caller,
  request: {
    orderId: string
    lines: readonly DispenseLine[]
    picks: readonly Picked[]
    sale: Sale
  },
): Promise<{ prices: ReadonlyMap<number, number>; invoice: IssuedInvoice }> {
  assert(caller.personId, 'somebody dispenses, never the machinery')
  const { orderId, lines, sale } = request
  await assertChecked(tx, caller, { orderId, storeId: sale.storeId, picks: request.picks })
  const packs = await findPacks(tx, [...new Set(lines.map(line => line.packId))])
  // Before the shelf's rows, which everybody waits for.
  const cover = await coverOrder(tx, caller, { orderId, storeId: sale.storeId, lines, packs })
  const picks = mergePicks(request.picks)
  const cuts = new Map(lines.flatMap(line => (line.cut ? [[line.packId, line.cut]] : [])))
  const issued = await issueReserved(tx, caller, { causeId: orderId, picks, cuts })
  const prices = new Map<number, number>()
  const rows: (DispensedRow & { reason: string | null })[] = lines.flatMap(line => {
    const batches = issued.filter(one => one.packId === line.packId)
    // A ceiling notified since the order binds too (DPCO 2013): the price list or the label, whichever is less.
    const capPaise = packs.get(line.packId)?.capPaise ?? null
    const pricePaise = chargeablePaise(line.pricePaise, batches, capPaise)
    prices.set(line.line, pricePaise)
    return batches.map(one => rowOf(one, line.line, pricePaise))
  })
  assert(rows.length === issued.length, 'every pack issued belongs to a line of the order')
  await writeRows(tx, caller, orderId, rows)
  const { storeId } = sale
  const serials = cover && (await bookSupply(tx, caller, { orderId, storeId, cover, rows }))
  const invoice = await invoiceDispensed(tx, caller, {
    orderId,
    sale,
    rows,
    packs,
    prescription: [...(cover?.lines.values() ?? [])].map(
      ({ line, prescriberName, patientName }) => ({
        line,
        prescriberName,
        patientName,
        registerSerial: serials?.get(line)?.toString() ?? null,
      }),
    ),
    pharmacist: cover && { name: cover.pharmacist.fullName, registration: cover.pharmacist.number },
  })
  return { prices, invoice }
}

async function writeRows(
  tx: Tx,
  caller: Caller,
  orderId: string,
  rows: readonly DispensedRow[],
): Promise<void> {
  await sql`
    insert into dispensing.dispensing (id, order_id, order_line, pack_id, batch_id, batch_number, expiry_month,
      packs, units, mrp_paise, price_paise, reason, packed_by, request_id)
    select id, ${orderId}, order_line, pack_id, batch_id, batch_number, expiry_month,
      packs, units, mrp_paise, price_paise, reason, ${caller.personId}, ${caller.requestId}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (id uuid, order_line integer, pack_id uuid,
      batch_id uuid, batch_number text, expiry_month text, packs integer, units integer, mrp_paise bigint,
      price_paise bigint, reason text)`.execute(tx)
}

/** A batch scanned twice is one pick of it; a piece of a cut strip is its own. */
function mergePicks(picks: readonly Picked[]): Picked[] {
  const merged = new Map<string, Picked>()
  for (const pick of picks) {
    const key = `${pick.packId} ${pick.batchId} ${pick.fromCutStrip ?? false}`
    const before = merged.get(key)
    const packs = (before?.packs ?? 0) + pick.packs
    merged.set(key, { ...pick, packs, reason: before?.reason ?? pick.reason })
  }
  return [...merged.values()]
}

function rowOf(issued: Issued, line: number, pricePaise: number) {
  return {
    id: newId(),
    order_line: line,
    pack_id: issued.packId,
    batch_id: issued.batchId,
    batch_number: issued.batchNumber,
    expiry_month: issued.expiry,
    packs: issued.packs,
    units: issued.units,
    mrp_paise: issued.mrpPaise,
    price_paise: pricePaise,
    reason: issued.reason,
  }
}
