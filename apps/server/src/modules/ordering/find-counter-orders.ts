import {
  type CounterOrder,
  type CounterOrderRow,
  type listCounterOrders,
  listMax,
  orderStates,
  type ReplyOf,
  type RequestOf,
} from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { findCuts } from './find-cuts.ts'
import { findOrder, type OrderWithHolds } from './find-order.ts'
import { orderNumber, readCursor } from './order-summary.ts'

interface RowFound
  extends Omit<CounterOrderRow, 'number' | 'placedAt' | 'promisedBy' | 'onHoldSince'> {
  readonly number: number
  readonly placedAt: Date
  readonly promisedBy: Date
  readonly onHoldSince: Date | null
}

/** Orders in one state, the longest waiting first, and how many stand in each state or on hold. */
export async function findCounterOrders(
  db: Reader,
  query: RequestOf<typeof listCounterOrders>['query'],
): Promise<ReplyOf<typeof listCounterOrders>> {
  const limit = query.limit ?? listMax
  const after = readCursor(query.after)
  const { rows } = await sql<RowFound>`
    select id, number, state, placed_at as "placedAt", promised_by as "promisedBy",
      recipient_name as "recipientName", city, packs, total_paise as "totalPaise",
      fulfilment, payment_method as "paymentMethod",
      case when state = 'placed' then on_hold_since end as "onHoldSince"
    from ordering.order
    where state = ${query.state ?? 'placed'}
      and (not ${query.onHold ?? false} or (on_hold_since is not null and state = 'placed'))
      and (${after}::uuid is null or (placed_at, id) > (
        select earlier.placed_at, earlier.id from ordering.order as earlier
        where earlier.id = ${after}::uuid))
    order by placed_at, id limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  return {
    items: page.map(row => ({
      ...row,
      number: orderNumber(row.number),
      placedAt: row.placedAt.toISOString(),
      promisedBy: row.promisedBy.toISOString(),
      onHoldSince: row.onHoldSince?.toISOString() ?? null,
    })),
    counts: await countStates(db),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}

async function countStates(db: Reader): Promise<Record<string, number>> {
  const { rows } = await sql<{ state: string; orders: number; onHold: number }>`
    select state, count(*)::integer as orders,
      (count(*) filter (where on_hold_since is not null and state = 'placed'))::integer as "onHold"
    from ordering.order group by state`.execute(db)
  const counted = new Map(rows.map(row => [row.state, row.orders]))
  const onHold = rows.reduce((sum, row) => sum + row.onHold, 0)
  return {
    ...Object.fromEntries(orderStates.map(state => [state, counted.get(state) ?? 0])),
    on_hold: onHold,
  }
}

/** One order as the packing table needs it: what to fetch from which bin and batch. Refuses `not_found`. */
export async function findCounterOrder(db: Reader, id: string): Promise<CounterOrder> {
  const [found, cuts] = await Promise.all([findOrder(db, id, null), findCuts(db, id)])
  const customerMobile = found.order.address.mobile
  return { ...found.order, picks: picksOf(found), cuts, customerMobile }
}

function picksOf({ reservations, lines }: OrderWithHolds): CounterOrder['picks'] {
  return reservations.flatMap(({ packId, batchId, batchNumber, expiry, bin, packs }) => {
    const line = lines.find(one => one.medicineId === packId)
    if (!line) return []
    const { name, packLabel } = line
    const medicineId = packId
    const pick = { medicineId, name, packLabel, batchId, batchNumber, expiry, bin, packs }
    return [{ orderLine: line.line, ...pick }]
  })
}
