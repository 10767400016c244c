import {
  listMax,
  type listBatchPatients as contract,
  type ReplyOf,
  type RequestOf,
} from '@janta/contracts'
import type { Reader } from '#modules/catalogue'
import { findOrdersOf, findPatientNames } from '#modules/dispensing'
import { findBuyers } from '#modules/ordering'
import { findBatchExpiries } from '#modules/stock'
import { isId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'

const beginning = '00000000-0000-0000-0000-000000000000'

/** A page of the people who were given packs of one batch. Personal: the look is on the audit trail before. */
export async function findBatchPatients(
  db: Reader,
  batchId: string,
  query: RequestOf<typeof contract>['query'],
): Promise<ReplyOf<typeof contract>> {
  const limit = query.limit ?? listMax
  const afterId = query.after ?? beginning
  if (!isId(afterId)) {
    throw new Refusal('malformed_request', 'This page address is broken. Begin the list again.')
  }
  if (!(await findBatchExpiries(db, [batchId])).has(batchId)) {
    throw new Refusal('not_found', 'There is no such batch. Look it up in the list.')
  }
  const found = await findOrdersOf(db, [batchId], { afterId, limit: limit + 1 })
  const page = found.slice(0, limit)
  const orderIds = [...new Set(page.map(one => one.orderId))]
  const [buyers, patients] = await Promise.all([
    findBuyers(db, orderIds),
    findPatientNames(db, batchId, orderIds),
  ])
  return {
    items: page.flatMap(({ orderId, packs, dispensedAt }) => {
      const buyer = buyers.get(orderId)
      if (!buyer) return []
      const { orderNumber, recipientName, city } = buyer
      const patientName = patients.get(orderId) ?? null
      const at = dispensedAt.toISOString()
      return [{ orderId, orderNumber, recipientName, city, patientName, packs, dispensedAt: at }]
    }),
    next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}
