import { sql } from 'kysely'
import { hashToken } from '#modules/identity'
import type { Tx } from '#kernel/transaction'
import { cartLinesMax, linePacksMax } from './cart-rules.ts'

/**
 * At sign-in the guest's cart becomes the person's: taken over whole when she has none, else added to hers, quantities
 * summed up to the limit of a line and new lines up to the limit of a cart. The token is worth nothing afterwards.
 * Without a token, or with one no open cart answers to, nothing happens.
 */
export async function claimCart(tx: Tx, cartToken: string | null, personId: string): Promise<void> {
  if (cartToken === null) return
  const { rows } = await sql<{ id: string; isGuests: boolean }>`
    select id, person_id is null as "isGuests" from ordering.cart
    where state = 'open' and (person_id = ${personId} or token_hash = ${hashToken(cartToken)})
    order by id for update`.execute(tx)
  const guests = rows.find(row => row.isGuests)
  const own = rows.find(row => !row.isGuests)
  if (!guests) return
  if (own) {
    await addLines(tx, guests.id, own.id)
    await sql`
      update ordering.cart set state = 'merged', token_hash = null
      where id = ${guests.id}`.execute(tx)
    return
  }
  await sql`
    update ordering.cart set person_id = ${personId}, token_hash = null, touched_at = kernel.now()
    where id = ${guests.id}`.execute(tx)
}

async function addLines(tx: Tx, fromId: string, toId: string): Promise<void> {
  await sql`
    insert into ordering.cart_line as own (cart_id, pack_id, quantity, price_paise, added_at)
    select ${toId}, pack_id, quantity, price_paise, added_at
    from (
      select line.pack_id, line.quantity, line.price_paise, line.added_at,
        row_number() over (order by same.pack_id is null, line.added_at, line.pack_id) as place,
        same.pack_id is not null as is_same
      from ordering.cart_line as line
      left join ordering.cart_line as same on same.cart_id = ${toId} and same.pack_id = line.pack_id
      where line.cart_id = ${fromId}
    ) as brought
    where is_same or place <= ${cartLinesMax} + (
        select count(*) from ordering.cart_line as line
        join ordering.cart_line as same on same.cart_id = ${toId} and same.pack_id = line.pack_id
        where line.cart_id = ${fromId})
      - (select count(*) from ordering.cart_line where cart_id = ${toId})
    on conflict (cart_id, pack_id) do update
      set quantity = least(own.quantity + excluded.quantity, ${linePacksMax})`.execute(tx)
}
