import { listMax, type listRecallBuyers, type ReplyOf, type RequestOf } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { findOrdersOf } from '#modules/dispensing'
import { findBuyers } from '#modules/ordering'
import { isId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { findBatchIds, recallNotFound } from './find-recalls.ts'

type Page = ReplyOf<typeof listRecallBuyers>
const beginning = '00000000-0000-0000-0000-000000000000'

/** A page of the people who were given the recalled batches, in the order they were given them. */
export async function findBuyersOf(
  db: Reader,
  recallId: string,
  query: RequestOf<typeof listRecallBuyers>['query'],
): Promise<Page> {
  const limit = query.limit ?? listMax
  const afterId = query.after ?? beginning
  if (!isId(afterId)) {
    throw new Refusal('malformed_request', 'This page address is broken. Begin the list again.')
  }
  const batchIds = await findBatchIds(db, recallId)
  if (batchIds.length === 0) throw recallNotFound()
  const found = await findOrdersOf(db, batchIds, { afterId, limit: limit + 1 })
  const page = found.slice(0, limit)
  const orderIds = [...new Set(page.map(one => one.orderId))]
  const [buyers, outcomes] = await Promise.all([
    findBuyers(db, orderIds),
    findOutcomes(db, recallId, orderIds),
  ])
  return {
    items: page.flatMap(({ orderId, batchNumber, packs, dispensedAt }) => {
      const buyer = buyers.get(orderId)
      if (!buyer) return []
      const outcome = outcomes.get(orderId) ?? null
      return [{ ...buyer, batchNumber, packs, dispensedAt: dispensedAt.toISOString(), outcome }]
    }),
    next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}

async function findOutcomes(db: Reader, recallId: string, orderIds: readonly string[]) {
  const { rows } = await sql<{ orderId: string; outcome: Page['items'][number]['outcome'] }>`
    select distinct on (order_id) order_id as "orderId", outcome from recall.contact
    where recall_id = ${recallId} and order_id = any(${orderIds}::uuid[])
    order by order_id, id desc`.execute(db)
  return new Map(rows.map(row => [row.orderId, row.outcome]))
}
