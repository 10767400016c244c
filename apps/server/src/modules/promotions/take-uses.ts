import { sql } from 'kysely'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import type { GivenOffer } from './reckon-discounts.ts'

/**
 * Counts what an order just written was given, in its transaction. An offer with a limit is locked until the commit,
 * so that of a hundred orders after its last use one gets it; the rest are refused `coupon_used_up` and keep their
 * carts. Offers are locked in the order of their ids.
 */
export async function takeUses(
  tx: Tx,
  order: { id: string; personId: string },
  given: readonly GivenOffer[],
): Promise<void> {
  const inOrder = given.toSorted((one, other) => (one.promotionId < other.promotionId ? -1 : 1))
  for (const offer of inOrder) {
    if (!(await take(tx, order, offer))) throw usedUp(offer)
  }
}

async function take(
  tx: Tx,
  order: { id: string; personId: string },
  offer: GivenOffer,
): Promise<boolean> {
  // Without a limit nobody waits for the row: the uses of such an offer are counted from their own rows.
  const { rows } = await sql<{ limit: number | null }>`
    with counted as (
      update promotions.promotion set uses = uses + 1
      where id = ${offer.promotionId} and num_nonnulls(uses_max, uses_max_of_person) > 0
        and ended_at is null and uses < coalesce(uses_max, uses + 1)
      returning id, uses_max_of_person
    )
    select id, uses_max_of_person as "limit" from counted
    union all
    select id, null from promotions.promotion
    where id = ${offer.promotionId} and num_nonnulls(uses_max, uses_max_of_person) = 0 and ended_at is null
    limit 1`.execute(tx)
  const [found] = rows
  if (!found) return false
  // A statement of its own, after the lock: it sees what this person took meanwhile.
  const { rows: own } = await sql<{ uses: number }>`
    insert into promotions.use (promotion_id, order_id, person_id, discount_paise)
    values (${offer.promotionId}, ${order.id}, ${order.personId}, ${offer.amountPaise})
    returning (select count(*)::integer from promotions.use as before
      where before.promotion_id = ${offer.promotionId} and before.person_id = ${order.personId}
        and before.given_back_at is null) as uses`.execute(tx)
  return found.limit === null || own[0]!.uses < found.limit
}

function usedUp(offer: GivenOffer): Refusal {
  return offer.code === null
    ? new Refusal(
        'price_changed',
        `The offer “${offer.name}” ended while you looked. Check the new total and order again; nothing was lost.`,
      )
    : new Refusal(
        'coupon_used_up',
        `The coupon ${offer.code} was just used up. Take it off the cart and order again; nothing was lost.`,
        { values: { code: offer.code } },
      )
}
