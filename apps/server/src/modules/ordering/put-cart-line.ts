import { sql } from 'kysely'
import { findPacks, mayWaitInCart, type PackFacts } from '#modules/catalogue'
import { drawToken, hashToken } from '#modules/identity'
import { findAvailability, noteUnmet } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { cartLinesMax, cartPriceOf } from './cart-rules.ts'
import { findCartId } from './find-cart.ts'

/**
 * Sets how many packs of one medicine the cart holds; zero takes it out. A guest without a cart gets one, and its
 * token is returned for the cookie: always a token of our own drawing, never one the browser brought.
 * A prescription medicine may be put in and waits there; what may never be sold online is refused
 * (`medicine_not_sold_online`), as are an unknown one (`not_found`) and a fifty-first line (`quantity_invalid`).
 */
export async function putCartLine(
  database: Database,
  caller: Caller,
  line: { packId: string; quantity: number },
): Promise<{ newToken: string | null }> {
  return inTransaction(database, caller, async tx => {
    const packs = await findPacks(tx, [line.packId])
    const pack = packs.get(line.packId)
    if (!pack) throw new Refusal('not_found', 'We do not know this medicine. Search for it again.')
    if (line.quantity > 0) assertMayWait(pack)
    const newToken = drawToken()
    const cart = await findOrOpenCart(tx, caller, newToken)
    await writeLine(tx, cart.id, { ...line, pricePaise: cartPriceOf(pack) })
    if (line.quantity > 0) await noteShortage(tx, line)
    return { newToken: cart.isNewGuest ? newToken : null }
  })
}

/** What the shelf cannot give of it is kept as asked for in vain; the cart says so when it is looked at. */
async function noteShortage(tx: Tx, { packId, quantity }: { packId: string; quantity: number }) {
  const available = (await findAvailability(tx, [packId])).get(packId)?.availablePacks ?? 0
  const packs = quantity - available
  if (packs > 0) await noteUnmet(tx, { packId, packs, askedIn: 'cart' })
}

function assertMayWait(pack: PackFacts): void {
  if (mayWaitInCart(pack.terms)) return
  throw new Refusal('medicine_not_sold_online', pack.saleSentence('en'))
}

/** The cart stays locked until the commit, so that checkout and this write never mix. */
async function findOrOpenCart(
  tx: Tx,
  caller: Caller,
  newToken: string,
): Promise<{ id: string; isNewGuest: boolean }> {
  const found = await findCartId(tx, caller)
  if (found !== null && (await lockOpen(tx, found))) return { id: found, isNewGuest: false }
  const hash = caller.personId === null ? hashToken(newToken) : null
  await sql`
    insert into ordering.cart (id, person_id, token_hash)
    values (${newId()}, ${caller.personId}::uuid, ${hash}::bytea)
    on conflict (person_id) where state = 'open' do nothing`.execute(tx)
  const { rows } = await sql<{ id: string }>`
    select id from ordering.cart
    where state = 'open' and (person_id = ${caller.personId}::uuid or token_hash = ${hash}::bytea)
    for no key update`.execute(tx)
  const [opened] = rows
  if (!opened) throw new Refusal('conflict', 'The cart was just ordered. Try again.')
  return { id: opened.id, isNewGuest: caller.personId === null }
}

async function lockOpen(tx: Tx, cartId: string): Promise<boolean> {
  const { rows } = await sql`
    update ordering.cart set touched_at = kernel.now()
    where id = ${cartId} and state = 'open' returning id`.execute(tx)
  return rows.length === 1
}

async function writeLine(
  tx: Tx,
  cartId: string,
  line: { packId: string; quantity: number; pricePaise: number | null },
): Promise<void> {
  if (line.quantity === 0) {
    await sql`
      delete from ordering.cart_line
      where cart_id = ${cartId} and pack_id = ${line.packId}`.execute(tx)
    return
  }
  const { rows } = await sql<{ lines: number }>`
    with written as (
      insert into ordering.cart_line (cart_id, pack_id, quantity, price_paise)
      values (${cartId}, ${line.packId}, ${line.quantity}, ${line.pricePaise})
      on conflict (cart_id, pack_id) do update
        set quantity = excluded.quantity, price_paise = excluded.price_paise
      returning pack_id
    )
    select count(*)::integer + 1 as lines from ordering.cart_line
    where cart_id = ${cartId} and pack_id <> ${line.packId}`.execute(tx)
  if (rows[0]!.lines > cartLinesMax) {
    throw new Refusal(
      'quantity_invalid',
      `A cart holds ${cartLinesMax} different medicines at most. Order these first.`,
      { values: { linesMax: cartLinesMax } },
    )
  }
}
