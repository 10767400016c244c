import { sql } from 'kysely'
import {
  chargeablePaise,
  findHoldsOfBlocked,
  findReservations,
  releaseBlocked,
  reserve,
} from '#modules/stock'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Day } from '#kernel/day'
import { emit } from '#kernel/events'
import { inTransaction, type Tx } from '#kernel/transaction'
import { lowerPrices } from './lower-prices.ts'
import { lockOrder } from './order-step.ts'

const ordersPerLook = 100
const looksMax = 1_000
const caller = systemCaller('ordering.refill_orders')

/** Orders that hold units of these blocked batches are filled from others, or wait on hold. Returns how many. */
export async function refillBlockedOrders(
  database: Database,
  batchIds: readonly string[],
): Promise<number> {
  let refilled = 0
  for (let look = 1; look <= looksMax; look++) {
    const orderIds = await findHoldsOfBlocked(database.db, batchIds, ordersPerLook)
    for (const orderId of orderIds) await refillOrders(database, orderId)
    refilled += orderIds.length
    if (orderIds.length < ordersPerLook) break
  }
  return refilled
}

/** Orders on hold are tried again, the longest waiting first: new goods came. */
export async function resumeHeldOrders(database: Database): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from ordering.order where on_hold_since is not null and state = 'placed'
    order by on_hold_since, id limit ${ordersPerLook}`.execute(database.db)
  for (const { id } of rows) await refillOrders(database, id)
}

/**
 * Gives one placed order back what a blocked batch took from it, first expiry first; with too little on the shelf the
 * order goes on hold, keeps what it has, and the customer is told by the event. Again is harmless.
 */
export async function refillOrders(database: Database, orderId: string): Promise<void> {
  await inTransaction(database, caller, async tx => {
    const order = await lockOrder(tx, orderId)
    await releaseBlocked(tx, caller, orderId)
    if (order.state !== 'placed') return
    const missing = await findMissing(tx, orderId)
    const { rows } = await sql<{ storeId: string; hours: number; deliveredOn: Day }>`
      select store_id as "storeId",
        greatest(0, ceil(extract(epoch from held_until - kernel.now()) / 3600))::integer as hours,
        greatest(kernel.today(), (promised_by at time zone 'Asia/Kolkata')::date) as "deliveredOn"
      from ordering.order where id = ${orderId}`.execute(tx)
    const { storeId, hours, deliveredOn } = rows[0]!
    const lines = missing.map(one => ({ packId: one.packId, packs: one.packs }))
    const reserved =
      lines.length === 0
        ? { outcome: 'reserved' as const, picks: [] }
        : await reserve(tx, caller, {
            storeId,
            causeId: orderId,
            lines,
            holdHours: hours,
            deliveredOn,
          })
    const isFilled = reserved.outcome === 'reserved'
    if (isFilled) await lowerToBatches(tx, orderId, missing, reserved.picks)
    if (isFilled === !order.isOnHold) return
    await sql`
      update ordering.order set on_hold_since = case when ${isFilled} then null else kernel.now() end
      where id = ${orderId}`.execute(tx)
    const name = isFilled ? 'ordering.order_resumed' : 'ordering.order_put_on_hold'
    await emit(tx, caller, name, { orderId })
  })
}

interface Missing {
  line: number
  packId: string
  pricePaise: number
  packs: number
}

async function findMissing(tx: Tx, orderId: string): Promise<Missing[]> {
  const held = await findReservations(tx, [orderId])
  const { rows } = await sql<Missing>`
    select line, pack_id as "packId", price_paise as "pricePaise", quantity as packs
    from ordering.order_line where order_id = ${orderId} and quantity > 0 order by line`.execute(tx)
  return rows.flatMap(line => {
    const has = held.filter(one => one.packId === line.packId)
    const packs = line.packs - has.reduce((sum, one) => sum + one.packs, 0)
    return packs > 0 ? [{ ...line, packs }] : []
  })
}

async function lowerToBatches(
  tx: Tx,
  orderId: string,
  missing: readonly Missing[],
  picks: readonly { packId: string; mrpPaise: number }[],
): Promise<void> {
  const prices = new Map<number, number>()
  for (const { line, packId, pricePaise } of missing) {
    const price = chargeablePaise(
      pricePaise,
      picks.filter(pick => pick.packId === packId),
    )
    if (price < pricePaise) prices.set(line, price)
  }
  if (prices.size > 0) await lowerPrices(tx, orderId, prices)
}
