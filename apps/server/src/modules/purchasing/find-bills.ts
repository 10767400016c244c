import { type Bill, purchaseListMax } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { findBatchPapers } from '#modules/stock'
import { Refusal } from '#kernel/refusal'

interface BillRow
  extends Omit<Bill, 'number' | 'receivedAt' | 'lines' | 'totals'>,
    Pick<Bill['totals'], 'taxablePaise' | 'gstPaise' | 'totalPaise' | 'printedTotalPaise'> {
  readonly receivedAt: Date
  readonly tolerancePaise: number
}

type LineRow = Pick<
  Bill['lines'][number],
  'batchId' | 'medicineId' | 'taxablePaise' | 'gstPaise' | 'landedPaise' | 'units' | 'flags'
>

/** A bill as it was received, or `not_found`. */
export async function findBill(db: Reader, id: string): Promise<Bill> {
  const { rows } = await sql<BillRow>`
    select bill.id, bill.supplier_id as "supplierId", supplier.name as "supplierName", bill.order_id as "orderId",
      bill.bill_number as "billNumber", bill.bill_date as "billDate", bill.received_at as "receivedAt",
      bill.taxable_paise as "taxablePaise", bill.gst_paise as "gstPaise", bill.total_paise as "totalPaise",
      bill.printed_total_paise as "printedTotalPaise", policy.bill_tolerance_paise as "tolerancePaise"
    from purchasing.bill join purchasing.supplier on supplier.id = bill.supplier_id cross join purchasing.policy
    where bill.id = ${id}`.execute(db)
  const [row] = rows
  if (!row) throw new Refusal('not_found', 'There is no such bill.')
  const { taxablePaise, gstPaise, totalPaise, printedTotalPaise, tolerancePaise, ...bill } = row
  const { number, batches } = await findBatchPapers(db, id)
  return {
    ...bill,
    number,
    receivedAt: bill.receivedAt.toISOString(),
    totals: {
      taxablePaise,
      gstPaise,
      totalPaise,
      printedTotalPaise,
      tolerancePaise,
      differencePaise: printedTotalPaise - totalPaise,
    },
    lines: await findLines(db, id, batches),
  }
}

async function findLines(
  db: Reader,
  billId: string,
  batches: ReadonlyMap<string, { batchNumber: string; expiry: string }>,
): Promise<Bill['lines']> {
  const { rows } = await sql<LineRow>`
    select batch_id as "batchId", pack_id as "medicineId", taxable_paise as "taxablePaise", gst_paise as "gstPaise",
      landed_paise as "landedPaise", (good_packs + damaged_packs) * units_per_pack as units, flags
    from purchasing.bill_line where bill_id = ${billId} order by place`.execute(db)
  const packs = await findPacks(db, [...new Set(rows.map(line => line.medicineId))])
  return rows.map(line => {
    const dearerUnits = line.units === 0 ? 0 : line.landedPaise % line.units
    return {
      ...line,
      name: packs.get(line.medicineId)?.name ?? '',
      batchNumber: batches.get(line.batchId)?.batchNumber ?? '',
      expiry: batches.get(line.batchId)?.expiry ?? '',
      dearerUnits,
      unitPaise: line.units === 0 ? 0 : (line.landedPaise - dearerUnits) / line.units,
    }
  })
}

/** Bills newest first, at most `purchaseListMax`, each with how many of its lines a person should look at. */
export async function findBills(db: Reader, query: { supplierId?: string }) {
  const { rows } = await sql<{
    id: string
    supplierName: string
    billNumber: string
    billDate: string
    receivedAt: Date
    totalPaise: number
    flagged: number
  }>`
    select bill.id, supplier.name as "supplierName", bill.bill_number as "billNumber", bill.bill_date as "billDate",
      bill.received_at as "receivedAt", bill.total_paise as "totalPaise",
      (select count(*) from purchasing.bill_line where bill_line.bill_id = bill.id and flags <> '{}')::integer
        as flagged
    from purchasing.bill join purchasing.supplier on supplier.id = bill.supplier_id
    where ${query.supplierId ?? null}::uuid is null or bill.supplier_id = ${query.supplierId ?? null}
    order by bill.received_at desc, bill.id desc limit ${purchaseListMax}`.execute(db)
  return { items: rows.map(row => ({ ...row, receivedAt: row.receivedAt.toISOString() })) }
}
