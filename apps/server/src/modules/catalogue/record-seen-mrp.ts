import { sql } from 'kysely'
import type { Tx } from '#kernel/transaction'
import { recordPrices } from './record-price.ts'
import { reprice } from './reprice.ts'

/**
 * Goods arrived with this MRP on them: it becomes the latest seen, and the price if there was none. A price above
 * it comes down to it, because no sale is above the label's MRP (DPCO 2013 para 26); a lower price stays.
 */
export async function recordSeenMrp(tx: Tx, packId: string, mrpPaise: number): Promise<void> {
  const { rows } = await sql<{ pricePaise: number | null }>`
    select price_paise as "pricePaise" from catalogue.pack where id = ${packId} for update`.execute(
    tx,
  )
  const [pack] = rows
  if (!pack) return
  await recordPrices(tx, {
    packIds: [packId],
    pricesPaise: [Math.min(pack.pricePaise ?? mrpPaise, mrpPaise)],
    mrpsPaise: [mrpPaise],
    source: 'goods receipt',
  })
  // A notified ceiling or a rule of the shop asks less than the label.
  await reprice(tx, { packId }, { source: 'goods receipt', recordedBy: null, reason: null })
}
