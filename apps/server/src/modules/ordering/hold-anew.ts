import { sql } from 'kysely'
import { chargeablePaise, extendHold, findReservations, releaseHold, reserve } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Day } from '#kernel/day'
import type { Tx } from '#kernel/transaction'
import { lowerPrices } from './lower-prices.ts'

interface Line {
  readonly line: number
  readonly packId: string
  readonly packs: number
  readonly pricePaise: number
}

/**
 * Holds what a locked order needs now for so many hours more: the same batches while its hold still stands and fits,
 * else whatever is first to expire now, at no higher price. False when the shelf cannot fill it any more; then
 * nothing is held.
 */
export async function holdAnew(
  tx: Tx,
  caller: Caller,
  orderId: string,
  hours: number,
): Promise<boolean> {
  await sql`
    update ordering.order set held_until = kernel.now() + make_interval(hours => ${hours})
    where id = ${orderId}`.execute(tx)
  const lines = await findWanted(tx, orderId)
  if ((await fits(tx, orderId, lines)) && (await extendHold(tx, orderId, hours))) return true
  await releaseHold(tx, caller, orderId)
  const { rows } = await sql<{ storeId: string; deliveredOn: Day }>`
    select store_id as "storeId",
      greatest(kernel.today(), (promised_by at time zone 'Asia/Kolkata')::date) as "deliveredOn"
    from ordering.order where id = ${orderId}`.execute(tx)
  const reserved = await reserve(tx, caller, {
    ...rows[0]!,
    causeId: orderId,
    lines: lines.map(({ packId, packs }) => ({ packId, packs })),
    holdHours: hours,
  })
  if (reserved.outcome !== 'reserved') return false
  const prices = new Map<number, number>()
  for (const { line, packId, pricePaise } of lines) {
    const batches = reserved.picks.filter(pick => pick.packId === packId)
    const price = chargeablePaise(pricePaise, batches)
    if (price < pricePaise) prices.set(line, price)
  }
  if (prices.size > 0) await lowerPrices(tx, orderId, prices)
  return true
}

async function findWanted(tx: Tx, orderId: string): Promise<Line[]> {
  const { rows } = await sql<Line>`
    select line, pack_id as "packId", quantity as packs, price_paise as "pricePaise"
    from ordering.order_line where order_id = ${orderId} and quantity > 0 order by line`.execute(tx)
  return rows
}

/** Whether exactly the packs of the lines are held, no more and no fewer. */
async function fits(tx: Tx, orderId: string, lines: readonly Line[]): Promise<boolean> {
  const held = new Map<string, number>()
  for (const { packId, packs } of await findReservations(tx, [orderId])) {
    held.set(packId, (held.get(packId) ?? 0) + packs)
  }
  return (
    held.size === lines.length && lines.every(({ packId, packs }) => held.get(packId) === packs)
  )
}
