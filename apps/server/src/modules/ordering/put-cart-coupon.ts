import { sql } from 'kysely'
import { findCoupon, readCode } from '#modules/promotions'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { findCartId } from './find-cart.ts'

/**
 * Puts one coupon on the cart, or takes it off when the code is empty. What it gives is reckoned whenever the cart is
 * looked at. Refuses `coupon_unknown` for a code that is no coupon's today, and `cart_empty` without a cart.
 */
export async function putCartCoupon(
  database: Database,
  caller: Caller,
  typed: string,
): Promise<void> {
  const code = readCode(typed)
  await inTransaction(database, caller, async tx => {
    const cartId = await findCartId(tx, caller)
    if (cartId === null)
      throw new Refusal('cart_empty', 'Put something in the cart first, then the coupon.')
    if (code !== '' && !(await findCoupon(tx, code, caller.personId))) {
      const sentence = 'There is no such coupon today. Check the letters and try again.'
      throw new Refusal('coupon_unknown', sentence, {
        fields: [{ field: 'code', message: sentence }],
      })
    }
    await sql`
      update ordering.cart set coupon_code = ${code === '' ? null : code}, touched_at = kernel.now()
      where id = ${cartId} and state = 'open'`.execute(tx)
  })
}
