import type { StoreCredit } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from './intent-row.ts'

const entriesShown = 50

/** A person's store credit: what she has, and its last movements, the newest first. */
export async function findCredit(db: Reader, personId: string): Promise<StoreCredit> {
  const [{ rows: balances }, { rows }] = await Promise.all([
    sql<{ balancePaise: number }>`
      select balance_paise as "balancePaise" from payments.credit where person_id = ${personId}`.execute(
      db,
    ),
    sql<Omit<StoreCredit['entries'][number], 'at'> & { at: Date }>`
      select order_id as "orderId", kind, amount_paise as "amountPaise", note, at
      from payments.credit_entry where person_id = ${personId}
      order by id desc limit ${entriesShown}`.execute(db),
  ])
  return {
    balancePaise: balances[0]?.balancePaise ?? 0,
    entries: rows.map(row => ({ ...row, at: row.at.toISOString() })),
  }
}

export interface OrderCredit {
  /** Spent on the order and not come back. */
  readonly standingPaise: number
  /** Money of the order that became credit instead of going back to its source. */
  readonly refundedPaise: number
  readonly goodwillPaise: number
}

/** What store credit has to do with one order. */
export async function findOrderCredit(db: Reader, orderId: string): Promise<OrderCredit> {
  const { rows } = await sql<OrderCredit>`
    select coalesce(-sum(amount_paise) filter (where kind in ('spent', 'returned')), 0)::bigint as "standingPaise",
      coalesce(sum(amount_paise) filter (where kind = 'refunded'), 0)::bigint as "refundedPaise",
      coalesce(sum(amount_paise) filter (where kind = 'goodwill'), 0)::bigint as "goodwillPaise"
    from payments.credit_entry where order_id = ${orderId}`.execute(db)
  return rows[0]!
}
