import type { Promotion } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { findPromotions } from './find-promotions.ts'

/** Ends a coupon or an offer now; orders that have it keep it. Refuses `not_found`, and `promotion_invalid` again. */
export async function endPromotion(
  database: Database,
  caller: Caller,
  { id }: { id: string },
): Promise<Promotion> {
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql`
      update promotions.promotion set ended_at = kernel.now(), ended_by = ${caller.personId}
      where id = ${id} and ended_at is null returning id`.execute(tx)
    const [promotion] = await findPromotions(tx, { id })
    if (!promotion) throw new Refusal('not_found', 'There is no such offer. Look at the list.')
    if (rows.length > 0) return promotion
    throw new Refusal('promotion_invalid', 'This offer was ended already. Make a new one instead.')
  })
}
