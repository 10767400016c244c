import type { PurchaseOrder } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks } from '#modules/catalogue'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Day } from '#kernel/day'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { findOrder } from './find-orders.ts'
import { findSupplier } from './find-suppliers.ts'
import { licenceObstacle, licencesFor } from './licence.ts'

/**
 * Notes that a draft was sent. Refuses `not_found`, `order_state_forbids` for what is no draft any more, and
 * `supplier_not_licensed` when the supplier may not sell what is on it: buying it would be the buyer's offence.
 */
export function sendOrder(database: Database, caller: Caller, id: string): Promise<PurchaseOrder> {
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql`
      update purchasing.purchase_order set state = 'sent', sent_at = kernel.now()
      where id = ${id} and state = 'draft' returning id`.execute(tx)
    const order = await findOrder(tx, id)
    if (rows.length > 0) {
      await assertMayDeliver(tx, order)
      return order
    }
    throw new Refusal('order_state_forbids', `Order ${order.number} is ${order.state} already.`)
  })
}

async function assertMayDeliver(tx: Tx, order: PurchaseOrder): Promise<void> {
  const supplier = await findSupplier(tx, order.supplierId)
  const packs = await findPacks(
    tx,
    order.lines.map(line => line.medicineId),
  )
  const today = await todayOf(tx)
  const obstacles = [...packs.values()].map(pack => {
    const wanted = licencesFor(pack)
    return wanted && licenceObstacle(supplier.licences, wanted, today)
  })
  const obstacle = obstacles.find(Boolean)
  if (!obstacle) return
  throw new Refusal(
    'supplier_not_licensed',
    `${obstacle} Enter the licence as it is now, or order from another supplier.`,
  )
}

async function todayOf(tx: Tx): Promise<Day> {
  const { rows } = await sql<{ today: Day }>`select kernel.today() as today`.execute(tx)
  return rows[0]!.today
}
