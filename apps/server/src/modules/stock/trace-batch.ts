import type { ReplyOf, traceBatch as contract } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { Refusal } from '#kernel/refusal'

const ordersMax = 500

/** From the supplier's bill to the newest orders a batch left in, with what came back; refuses `not_found`. */
export async function traceBatch(db: Reader, id: string): Promise<ReplyOf<typeof contract>> {
  const { rows } = await sql<{
    batchNumber: string
    supplier: string
    billNumber: string
    receivedAt: Date
    receivedUnits: number
  }>`
    select batch.batch_number as "batchNumber", supplier.name as supplier, receipt.bill_number as "billNumber",
      receipt.received_at as "receivedAt", (
        select coalesce(sum(on_hand_delta), 0)::integer from stock.movement
        where movement.batch_id = batch.id and kind = 'received') as "receivedUnits"
    from stock.batch
    join stock.receipt on receipt.id = batch.receipt_id
    join stock.supplier on supplier.id = receipt.supplier_id
    where batch.id = ${id}`.execute(db)
  const [head] = rows
  if (!head) throw new Refusal('not_found', 'There is no such batch. Look it up in the list.')
  const { rows: issues } = await sql<{
    orderId: string
    units: number
    at: Date
    returnedUnits: number
  }>`
    select cause_id as "orderId", (-sum(on_hand_delta) filter (where kind = 'issued'))::integer as units,
      min(at) as at, coalesce(sum(on_hand_delta) filter (where kind = 'returned'), 0)::integer as "returnedUnits"
    from stock.movement where batch_id = ${id} and kind in ('issued', 'returned') and cause_kind = 'order'
    group by cause_id having bool_or(kind = 'issued')
    order by max(id) desc limit ${ordersMax}`.execute(db)
  return {
    ...head,
    receivedAt: head.receivedAt.toISOString(),
    issues: issues.map(one => ({ ...one, at: one.at.toISOString() })),
  }
}
