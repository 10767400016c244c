import { purchaseListMax, type PurchaseOrder, type PurchaseOrderState } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { Refusal } from '#kernel/refusal'

interface OrderRow extends Omit<PurchaseOrder, 'number' | 'createdAt' | 'sentAt' | 'lines'> {
  readonly serial: number
  readonly createdAt: Date
  readonly sentAt: Date | null
  readonly lines: Omit<PurchaseOrder['lines'][number], 'name' | 'packLabel'>[]
}

/** What came of a line: packs charged for that really arrived; free ones do not shorten an order. */
const orderColumns = sql`
  purchase_order.id, purchase_order.serial, purchase_order.supplier_id as "supplierId",
  supplier.name as "supplierName", purchase_order.state, purchase_order.created_at as "createdAt",
  purchase_order.sent_at as "sentAt", purchase_order.end_reason as "endReason",
  (
    select json_agg(json_build_object('medicineId', order_line.pack_id, 'packs', order_line.packs,
      'ratePaise', order_line.rate_paise, 'receivedPacks', coalesce((
        select sum(least(bill_line.billed_packs, bill_line.good_packs + bill_line.damaged_packs))
        from purchasing.bill join purchasing.bill_line on bill_line.bill_id = bill.id
        where bill.order_id = purchase_order.id and bill_line.pack_id = order_line.pack_id
      ), 0)) order by order_line.place)
    from purchasing.order_line where order_line.order_id = purchase_order.id
  ) as lines`

/** Orders of one state or supplier, newest first, at most `purchaseListMax`. */
export async function findOrders(
  db: Reader,
  query: { state?: PurchaseOrderState; supplierId?: string },
): Promise<{ items: PurchaseOrder[] }> {
  const { rows } = await sql<OrderRow>`
    select ${orderColumns}
    from purchasing.purchase_order join purchasing.supplier on supplier.id = purchase_order.supplier_id
    where (${query.state ?? null}::text is null or purchase_order.state = ${query.state ?? null})
      and (${query.supplierId ?? null}::uuid is null or purchase_order.supplier_id = ${query.supplierId ?? null})
    order by purchase_order.serial desc limit ${purchaseListMax}`.execute(db)
  return { items: await withNames(db, rows) }
}

/** One order, or `not_found`. */
export async function findOrder(db: Reader, id: string): Promise<PurchaseOrder> {
  const { rows } = await sql<OrderRow>`
    select ${orderColumns}
    from purchasing.purchase_order join purchasing.supplier on supplier.id = purchase_order.supplier_id
    where purchase_order.id = ${id}`.execute(db)
  const [order] = await withNames(db, rows)
  if (!order) throw new Refusal('not_found', 'There is no such purchase order.')
  return order
}

const packsReadMax = 2_000

async function withNames(db: Reader, rows: readonly OrderRow[]): Promise<PurchaseOrder[]> {
  const ids = new Set(rows.flatMap(row => row.lines.map(line => line.medicineId)))
  const packs = await findPacks(db, [...ids].slice(0, packsReadMax))
  return rows.map(({ serial, ...row }) => ({
    ...row,
    number: `PO-${serial}`,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    lines: row.lines.map(line => ({
      ...line,
      name: packs.get(line.medicineId)?.name ?? '',
      packLabel: packs.get(line.medicineId)?.packLabel ?? '',
    })),
  }))
}
