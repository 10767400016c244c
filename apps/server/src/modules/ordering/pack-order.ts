import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { dispense } from '#modules/dispensing'
import type { CutOfPack } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { inTransaction, type Tx } from '#kernel/transaction'
import { findSale } from './find-sale.ts'
import { lowerPrices } from './lower-prices.ts'
import { assertMay, enterState, type LockedOrder, lockOrder } from './order-step.ts'
import { giveBackOverpaid, returnUnneededCredit } from './split-back.ts'
import { assertStillLawful } from './still-lawful.ts'

export interface PickConfirmed {
  readonly medicineId: string
  readonly batchId: string
  readonly packs: number
  readonly reason?: string | undefined
  readonly fromCutStrip?: boolean | undefined
}

/**
 * Packs a placed order: every pack confirmed from a named batch leaves the shelf, enters the dispensing book and the
 * invoice in this transaction. A batch taken in exchange may print a lower MRP; the customer then pays less, never
 * more, and what she paid online above the invoice goes back. Refuses `order_state_forbids`,
 * `order_on_hold`, as `assertStillLawful` and as `dispense` do.
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
    await assertStillLawful(tx, order.fulfilment, lines)
    await enterState(tx, caller, order, { state: 'packed', actor: 'staff' })
    await emit(tx, caller, 'ordering.order_packed', { orderId: order.id })
    const picks = request.picks.map(({ medicineId, ...pick }) => ({ packId: medicineId, ...pick }))
    const sale = await findSale(tx, order.id)
    const { prices, invoice } = await dispense(tx, caller, {
      orderId: order.id,
      lines,
      picks,
      sale,
    })
    const lower = lines.filter(line => (prices.get(line.line) ?? 0) < line.pricePaise)
    if (lower.length > 0) await lowerPrices(tx, order.id, prices)
    await settle(tx, caller, order, invoice)
  })
}

/** The order comes to what its invoice says; what was paid online above that goes back. */
async function settle(
  tx: Tx,
  caller: Caller,
  order: LockedOrder,
  invoice: { totalPaise: number; roundOffPaise: number },
): Promise<void> {
  const { rows } = await sql<{ totalPaise: number }>`
    update ordering.order set round_off_paise = ${invoice.roundOffPaise}
    where id = ${order.id} returning total_paise as "totalPaise"`.execute(tx)
  assert.equal(rows[0]?.totalPaise, invoice.totalPaise, 'the order and its invoice are one sum')
  const overpaid = order.totalPaise - invoice.totalPaise
  if (order.paymentMethod === 'cash_on_delivery') {
    await returnUnneededCredit(tx, caller, { ...order, totalPaise: invoice.totalPaise })
    return
  }
  if (overpaid <= 0) return
  await giveBackOverpaid(tx, caller, order, {
    amountPaise: overpaid,
    reason: 'price_corrected',
    key: `packed:${order.id}`,
  })
}

interface LineToPack {
  line: number
  packId: string
  quantity: number
  cut: CutOfPack | null
  needsPrescription: boolean
  pricePaise: number
}

async function findLinesToPack(tx: Tx, orderId: string): Promise<LineToPack[]> {
  const { rows } = await sql<LineToPack>`
    select line, pack_id as "packId", quantity, needs_prescription as "needsPrescription",
      price_paise as "pricePaise", case when units is not null then jsonb_build_object(
        'pieceUnits', units - (quantity - 1) * units_per_pack, 'unitsPerPack', units_per_pack) end as cut
    from ordering.order_line where order_id = ${orderId} and quantity > 0 order by line`.execute(tx)
  return rows
}
