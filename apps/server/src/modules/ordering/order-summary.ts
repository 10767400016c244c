import { listMax, type OrderState, type OrderSummary } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { isId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'

export interface OrderHead {
  readonly id: string
  readonly number: number
  readonly state: OrderState
  readonly placedAt: Date
  readonly totalPaise: number
  readonly packs: number
  readonly firstLine: string
  readonly onHoldSince: Date | null
}

/** The columns of an order's head; needs `ordering.order` in the from clause under its own name. */
export const orderColumns = sql`
  "order".id, "order".number, "order".state, "order".placed_at as "placedAt", "order".total_paise as "totalPaise",
  "order".packs, case when "order".state = 'placed' then "order".on_hold_since end as "onHoldSince",
  (select name from ordering.order_line where order_line.order_id = "order".id and line = 1) as "firstLine"`

export function summaryOf(found: OrderHead): OrderSummary {
  const { id, state, totalPaise, packs, firstLine } = found
  return {
    id,
    number: orderNumber(found.number),
    state,
    placedAt: found.placedAt.toISOString(),
    totalPaise,
    packs,
    firstLine,
    onHoldSince: found.onHoldSince?.toISOString() ?? null,
  }
}

/** What people say on the telephone. */
export function orderNumber(serial: number): string {
  return `JP-${serial}`
}

/** A page begins after the order it names; a broken page address is refused. */
export function readCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  if (isId(cursor)) return cursor
  throw new Refusal('malformed_request', 'This page address is broken. Begin the list again.')
}

/** A person's own orders, newest first. */
export async function findMyOrders(
  db: Reader,
  personId: string,
  query: { limit?: number | undefined; before?: string | undefined },
): Promise<{ items: OrderSummary[]; next: string | null }> {
  const limit = query.limit ?? listMax
  const before = readCursor(query.before)
  const { rows } = await sql<OrderHead>`
    select ${orderColumns}
    from ordering.order
    where person_id = ${personId}
      and (${before}::uuid is null or (placed_at, id) < (
        select earlier.placed_at, earlier.id from ordering.order as earlier
        where earlier.id = ${before}::uuid and earlier.person_id = ${personId}))
    order by placed_at desc, id desc limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  return {
    items: page.map(summaryOf),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}
