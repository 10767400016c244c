import type { Bill, NewBill } from '@janta/contracts'
import { sql } from 'kysely'
import { receiveGoods } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { once } from '#kernel/idempotency'
import { inTransaction, type Tx } from '#kernel/transaction'
import { billObstacle } from './bill-obstacle.ts'
import { findBill } from './find-bills.ts'
import { findOrder } from './find-orders.ts'
import { prepareBill } from './prepare-bill.ts'
import { writeBill } from './write-bill.ts'

/**
 * Receives a supplier's bill: the paper here and the goods in the stock ledger, in one transaction, all lines or none.
 * The same key again answers the same bill. Refuses as `billObstacle` and the stock ledger do.
 */
export async function receiveBill(
  database: Database,
  caller: Caller,
  key: string,
  bill: NewBill,
): Promise<Bill> {
  const { id } = await inTransaction(database, caller, tx =>
    once(tx, { scope: `purchasing.bill:${caller.personId}`, key, request: bill }, () =>
      takeBill(tx, caller, bill),
    ),
  )
  return findBill(database.reads, id)
}

async function takeBill(tx: Tx, caller: Caller, bill: NewBill): Promise<{ id: string }> {
  // Two receivers of one order: the second waits here, and then sees what the first one took.
  await sql`select from purchasing.purchase_order where id = ${bill.orderId ?? null}::uuid for no key update`.execute(
    tx,
  )
  const prepared = await prepareBill(tx, bill)
  const obstacle = billObstacle(prepared)
  if (obstacle) throw obstacle
  const goods = await receiveGoods(tx, caller, {
    supplierName: prepared.supplier.name,
    billNumber: bill.billNumber,
    lines: prepared.lines.map(({ line }) => ({
      medicineId: line.medicineId,
      batchNumber: line.batchNumber,
      ...(line.manufactured !== undefined && { manufactured: line.manufactured }),
      expiry: line.expiry,
      mrpPaise: line.mrpPaise,
      purchaseRatePaise: line.ratePaise,
      packs: line.goodPacks,
      damagedPacks: line.damagedPacks ?? 0,
      ...(line.bin !== undefined && { bin: line.bin }),
    })),
  })
  await writeBill(tx, caller, prepared, goods)
  if (bill.orderId !== undefined) await moveOrderOn(tx, bill.orderId)
  await emit(tx, caller, 'purchasing.bill_received', { billId: goods.id })
  return { id: goods.id }
}

async function moveOrderOn(tx: Tx, orderId: string): Promise<void> {
  const order = await findOrder(tx, orderId)
  const isWhole = order.lines.every(line => line.receivedPacks >= line.packs)
  await sql`
    update purchasing.purchase_order set state = ${isWhole ? 'closed' : 'part_received'},
      ended_at = case when ${isWhole} then kernel.now() end
    where id = ${orderId}`.execute(tx)
}
