import { sql } from 'kysely'
import { findCredit, giveGoodwillCredit } from '#modules/payments'
import type { StoreCredit } from '@janta/contracts'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { once } from '#kernel/idempotency'
import { inTransaction } from '#kernel/transaction'
import { type Reader } from '#modules/catalogue'
import { lockOrder, orderNotFound } from './order-step.ts'

/**
 * Gives the customer of an order store credit for something that went wrong, with the reason and who gave it. Refuses
 * `not_found`, and `credit_over_limit` from the amount on where another person must look.
 */
export async function giveGoodwill(
  database: Database,
  caller: Caller,
  key: string,
  given: { orderId: string; amountPaise: number; note: string },
): Promise<{ id: string }> {
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `ordering.goodwill:${caller.personId}`, key, request: given }, async () => {
      const { id, personId } = await lockOrder(tx, given.orderId)
      await giveGoodwillCredit(tx, caller, { ...given, personId, key: `goodwill:${key}` })
      return { id }
    }),
  )
}

/** The store credit of the customer of an order; refuses `not_found`. */
export async function findCreditOfOrder(db: Reader, orderId: string): Promise<StoreCredit> {
  const { rows } = await sql<{ personId: string }>`
    select person_id as "personId" from ordering.order where id = ${orderId}`.execute(db)
  if (!rows[0]) throw orderNotFound()
  return findCredit(db, rows[0].personId)
}
