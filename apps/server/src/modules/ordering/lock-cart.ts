import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { together, type Tx } from '#kernel/transaction'
import type { StoredLine } from './find-cart.ts'

export interface LockedCart {
  readonly id: string
  readonly couponCode: string | null
  readonly lines: readonly StoredLine[]
  /** The transaction's own instant. */
  readonly now: Date
}

/** Keeps the person's open cart, with its lines, for this transaction; null when there is none. One packet. */
export async function lockCart(tx: Tx, personId: string): Promise<LockedCart | null> {
  // The lines are read by a statement of their own: it begins when the lock is ours, and so sees what changed before.
  const [{ rows }, lines] = await together(tx, both =>
    Promise.all([
      sql<Omit<LockedCart, 'lines'>>`
        select id, coupon_code as "couponCode", kernel.now() as now
        from ordering.cart where person_id = ${personId} and state = 'open'
        for update`.execute(both),
      findOpenLines(both, personId),
    ]),
  )
  return rows[0] ? { ...rows[0], lines } : null
}

/** The lines of the person's open cart. */
export async function findOpenLines(db: Reader, personId: string): Promise<StoredLine[]> {
  const { rows } = await sql<StoredLine>`
    select pack_id as "packId", quantity, price_paise as "pricePaise"
    from ordering.cart join ordering.cart_line on cart_line.cart_id = cart.id
    where person_id = ${personId} and state = 'open'
    order by added_at, pack_id`.execute(db)
  return rows
}
