import {
  client,
  listCounts,
  listExcursions,
  listRecalls,
  listReviews,
  listTransferRequests,
  listTransfers,
  type Permission,
} from '@janta/contracts'
import { send } from '#lib/api.ts'
import type { StoreAnswers } from './store-waits.ts'

const api = client(
  { listCounts, listExcursions, listRecalls, listReviews, listTransferRequests, listTransfers },
  '',
  send,
)
/** Open recalls and counts with differences come first or are few; no more are looked at for one line of text. */
const looked = 20

/** Asks what waits in the store, only for what `may` says this person may see. Rejects when one question fails. */
export async function askStore(may: (permission: Permission) => boolean): Promise<StoreAnswers> {
  const [reviews, recalls, excursions, counts, requests, onTheWay] = await Promise.all([
    may('prescriptions.review') ? api.listReviews({ query: { limit: 1 } }) : null,
    may('stock.recall') ? api.listRecalls({ query: { limit: looked } }) : null,
    may('stock.view') ? api.listExcursions({}) : null,
    may('stock.approve') ? api.listCounts({ query: { limit: looked } }) : null,
    may('stock.receive') ? api.listTransferRequests({}) : null,
    may('stock.receive') ? api.listTransfers({ query: { state: 'sent' } }) : null,
  ])
  return {
    reviews: reviews && {
      waiting: reviews.waiting,
      oldestAt: reviews.items[0]?.openedAt ?? null,
      targetMinutes: reviews.targetMinutes,
    },
    recalls: recalls && recalls.items,
    excursions: excursions && excursions.items,
    counts: counts && counts.items,
    requests: requests && requests.items,
    onTheWay: onTheWay && onTheWay.items,
  }
}
