import { sql } from 'kysely'
import { dispense } from '#modules/dispensing'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { inTransaction, type Tx } from '#kernel/transaction'
import { lowerPrices } from './lower-prices.ts'
import { assertMay, enterState, lockOrder } from './order-step.ts'

export interface PickConfirmed {
  readonly medicineId: string
  readonly batchId: string
  readonly packs: number
  readonly reason?: string | undefined
}

/**
 * Packs a placed order: every pack confirmed from a named batch leaves the shelf and enters the dispensing book in
 * this transaction. A batch taken in exchange may print a lower MRP; the customer then pays less, never more.
 * Refuses `order_state_forbids`, and as `dispense` does.
 */
export async function packOrder(
  database: Database,
  caller: Caller,
  request: { id: string; picks: readonly PickConfirmed[] },
): Promise<void> {
  await inTransaction(database, caller, async tx => {
    const order = await lockOrder(tx, request.id)
    assertMay('pack', order)
    const lines = await findLinesToPack(tx, order.id)
    await enterState(tx, caller, order, { state: 'packed', actor: 'staff' })
    await emit(tx, caller, 'ordering.order_packed', { orderId: order.id })
    const picks = request.picks.map(({ medicineId, ...pick }) => ({ packId: medicineId, ...pick }))
    const prices = await dispense(tx, caller, { orderId: order.id, lines, picks })
    const lower = lines.filter(line => (prices.get(line.line) ?? 0) < line.pricePaise)
    if (lower.length > 0) await lowerPrices(tx, order.id, prices)
  })
}

interface LineToPack {
  line: number
  packId: string
  pricePaise: number
}

async function findLinesToPack(tx: Tx, orderId: string): Promise<LineToPack[]> {
  const { rows } = await sql<LineToPack>`
    select line, pack_id as "packId", price_paise as "pricePaise"
    from ordering.order_line where order_id = ${orderId} order by line`.execute(tx)
  return rows
}
