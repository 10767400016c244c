import type { Reader } from '#modules/catalogue'
import {
  chargeablePaise,
  explainShortage,
  type KindWords,
  type NotReserved,
  reserve,
  reserveAndCommit,
  type ReservedPick,
} from '#modules/stock'
import type { Caller } from '#kernel/caller'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { lowerPrices } from './lower-prices.ts'
import type { OrderToWrite } from './write-order.ts'

const busyRetrySeconds = 2

/**
 * Takes the stock of an order just written: the last thing before the commit. A line whose batch prints a lower MRP
 * than the price shown becomes cheaper. Refuses `out_of_stock`, naming the line, and `unavailable` when too many
 * others are at the same batches; both undo the whole order. The packs must be good for their life from the day they
 * are promised by, and outlive the treatment where its length is known.
 */
export async function holdForOrder(tx: Tx, caller: Caller, order: OrderToWrite): Promise<void> {
  const reserved = await reserve(tx, caller, requestOf(order))
  if (reserved.outcome !== 'reserved') throw await whyNotHeld(tx, order, reserved)
  await chargeByBatch(tx, order, reserved.picks)
}

/**
 * As `holdForOrder`, committing in the same breath; nothing may follow. What was not held is thrown as
 * `NotKept<NotReserved>`, `cheaper` among it when a price must be lowered first.
 */
export async function holdAndCommit(tx: Tx, caller: Caller, order: OrderToWrite): Promise<void> {
  await reserveAndCommit(tx, caller, requestOf(order))
}

function requestOf(order: OrderToWrite) {
  return {
    storeId: order.storeId,
    causeId: order.id,
    lines: order.lines.map(({ packId, quantity, courseDays, pricePaise }) => ({
      packId,
      packs: quantity,
      courseDays: courseDays ?? null,
      pricePaise,
    })),
    holdHours: order.holdHours,
    deliveredOn: order.deliveredOn,
  }
}

/** Why an order's packs could not be held, for the customer. */
export async function whyNotHeld(
  db: Reader,
  order: OrderToWrite,
  why: Exclude<NotReserved, { outcome: 'cheaper' }>,
): Promise<Refusal> {
  if (why.outcome === 'busy') {
    return new Refusal(
      'unavailable',
      'Many people are ordering the same medicine this moment. Try again; nothing was lost.',
      { retryAfterSeconds: busyRetrySeconds },
    )
  }
  const words = await explainShortage(db, [why.packId], order.deliveredOn)
  return outOfStock(order, { ...why, why: words.get(why.packId)! })
}

async function chargeByBatch(
  tx: Tx,
  order: OrderToWrite,
  picks: readonly ReservedPick[],
): Promise<void> {
  const prices = new Map<number, number>()
  for (const [index, line] of order.lines.entries()) {
    const batches = picks.filter(pick => pick.packId === line.packId)
    const price = chargeablePaise(line.pricePaise, batches)
    if (price < line.pricePaise) prices.set(index + 1, price)
  }
  if (prices.size > 0) await lowerPrices(tx, order.id, prices)
}

function outOfStock(
  order: OrderToWrite,
  { packId, shortPacks, why }: { packId: string; shortPacks: number; why: KindWords },
): Refusal {
  const line = order.lines.find(one => one.packId === packId)
  const left = (line?.quantity ?? shortPacks) - shortPacks
  const name = line?.pack.name ?? 'A medicine'
  const sentence =
    left === 0
      ? `${name} has just gone out of stock. ${why.en} Take it out of the cart to order the rest.`
      : `Only ${left} of ${name} can be ordered now. Lower the quantity and order again.`
  return new Refusal('out_of_stock', sentence, {
    fields: [{ field: `lines.${packId}`, message: sentence }],
    values: { left, name, ...(left === 0 && { whyEn: why.en, whyHi: why.hi }) },
  })
}
