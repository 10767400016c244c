import assert from 'node:assert/strict'
import type { Address, Serviceability } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type PackFacts } from '#modules/catalogue'
import { findServiceability } from '#modules/delivery'
import { defaultStore, type Store } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { type DeliveryAddress, readAddress } from './address.ts'
import { cartPriceOf, cartVersion, changeSince, lawObstacleOf } from './cart-rules.ts'
import { findLines } from './find-cart.ts'
import { assertCashAllowed, totalOf } from './order-total.ts'
import { holdForOrder } from './hold-for-order.ts'
import { wayObstacleOf } from './way-to-the-door.ts'
import { type OrderToWrite, type WrittenOrder, writeOrder } from './write-order.ts'

export interface Checkout {
  readonly address: Address
  readonly paymentMethod: 'cash_on_delivery'
  readonly cartVersion: string
}

interface Destination {
  readonly address: DeliveryAddress
  readonly lane: Serviceability
  readonly store: Store
}

/**
 * Makes the person's cart an order, once per cart and per key, and holds its packs first expiry first. Everything is
 * written before the stock is taken, because the shelf's rows are what everybody waits for. A refusal leaves the
 * cart as it was: `cart_empty`, `cart_changed`, `price_changed`, what the law has against a line,
 * `cash_limit_exceeded`, `out_of_stock`, and what is wrong with the address. Returns the order's id.
 */
export async function placeOrder(
  database: Database,
  caller: Caller,
  key: string,
  checkout: Checkout,
): Promise<{ id: string }> {
  assert(caller.personId, 'checkout is for signed-in people')
  const { personId } = caller
  const destination = await findDestination(database, checkout.address)
  return inTransaction(database, caller, async tx => {
    const written: WrittenOrder[] = []
    const claim = { scope: `ordering.place_order:${personId}`, key, request: checkout }
    const answer = await once(tx, claim, async () => {
      const order = await readCheckout(tx, personId, checkout, destination)
      written.push(await writeOrder(tx, caller, order))
      await emit(tx, caller, 'ordering.order_placed', { orderId: order.id })
      return { id: order.id }
    })
    for (const order of written) await holdForOrder(tx, caller, order)
    return answer
  })
}

async function findDestination(database: Database, typed: Address): Promise<Destination> {
  const address = readAddress(typed)
  const [lane, store] = await Promise.all([
    findServiceability(database.reads, typed.pin),
    defaultStore(database.reads),
  ])
  if (!lane.cashOnDelivery) {
    throw new Refusal(
      'pin_code_not_served',
      `We do not take cash at the door in ${lane.pin} yet. Try another address.`,
      {
        fields: [{ field: 'address.pin', message: 'No cash on delivery here yet.' }],
        values: { pin: lane.pin },
      },
    )
  }
  return { address, lane, store }
}

/** The order this cart would be, every rule but the shelf's checked; the cart is locked until the commit. */
async function readCheckout(
  tx: Tx,
  personId: string,
  checkout: Checkout,
  { address, lane, store }: Destination,
): Promise<OrderToWrite> {
  const cartId = await lockCart(tx, personId)
  const stored = cartId === null ? [] : await findLines(tx, cartId)
  const packs = await findPacks(
    tx,
    stored.map(line => line.packId),
  )
  const lines = stored.flatMap(({ packId, quantity }) => {
    const pack = packs.get(packId)
    return pack ? [{ packId, quantity, pack, pricePaise: cartPriceOf(pack) }] : []
  })
  if (cartId === null || lines.length === 0) throw cartEmpty()
  const version = cartVersion(cartId, lines)
  assertUnchanged(checkout.cartVersion, version)
  for (const line of lines) assertLawful(line.pack, lane)
  const priced = lines.map(line => {
    assert(line.pricePaise !== null, 'a pack without a price was refused above')
    return { ...line, pricePaise: line.pricePaise }
  })
  const total = totalOf(priced, lane)
  assertCashAllowed(total.totalPaise, store.cashLimitPaise)
  const id = newId()
  return { id, cartId, version, personId, address, lane, storeId: store.id, lines: priced, total }
}

async function lockCart(tx: Tx, personId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from ordering.cart where person_id = ${personId} and state = 'open'
    for update`.execute(tx)
  return rows[0]?.id ?? null
}

function cartEmpty(): Refusal {
  return new Refusal(
    'cart_empty',
    'There is nothing in the cart. If you have just ordered, look under My orders.',
  )
}

function assertUnchanged(seen: string, now: string): void {
  const change = changeSince(seen, now)
  if (change === 'price') {
    throw new Refusal(
      'price_changed',
      'A price changed since you looked. Check the new total and order again; nothing was lost.',
    )
  }
  if (change === 'cart') {
    throw new Refusal(
      'cart_changed',
      'The cart changed since you looked, perhaps in another window. Check it and order again; nothing was lost.',
    )
  }
}

function assertLawful(pack: PackFacts, lane: Serviceability): void {
  const obstacle = lawObstacleOf(pack) ?? wayObstacleOf(pack, lane)
  if (!obstacle) return
  throw new Refusal(obstacle.code, obstacle.sentence, {
    fields: [{ field: `lines.${pack.id}`, message: obstacle.sentence }],
  })
}
