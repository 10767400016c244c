import { type TransferRequest, transferRequestListMax } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { findNames } from '#modules/identity'
import { Refusal } from '#kernel/refusal'

type Found = Omit<
  TransferRequest,
  'number' | 'name' | 'askedAt' | 'expiresAt' | 'askedBy' | 'endedAt' | 'endedBy'
> & {
  serial: number
  askedAt: Date
  expiresAt: Date
  askedBy: string | null
  endedAt: Date | null
  endedBy: string | null
}

const heads = sql`
  select request.id, request.serial, asking_store_id as "askingStoreId", asking.name as "askingStore",
    asked_store_id as "askedStoreId", asked.name as "askedStore", pack_id as "medicineId", units, reason,
    asked_at as "askedAt", asked_by as "askedBy", expires_at as "expiresAt", transfer_id as "transferId",
    coalesce(ended_as, case when expires_at <= kernel.now() then 'expired' else 'open' end) as state,
    ended_at as "endedAt", ended_by as "endedBy", end_reason as "endReason"
  from stock.transfer_request as request
  join stock.store as asking on asking.id = asking_store_id
  join stock.store as asked on asked.id = asked_store_id`

/** What stores asked of each other: the open ones first, then the newest, at most `transferRequestListMax`. */
export async function findTransferRequests(db: Reader): Promise<{ items: TransferRequest[] }> {
  const { rows } = await sql<Found>`
    ${heads}
    order by ended_as is null and expires_at > kernel.now() desc, serial desc
    limit ${transferRequestListMax}`.execute(db)
  return { items: await named(db, rows) }
}

/** One request, or `not_found`. */
export async function findTransferRequest(db: Reader, id: string): Promise<TransferRequest> {
  const { rows } = await sql<Found>`${heads} where request.id = ${id}`.execute(db)
  const [request] = await named(db, rows)
  if (!request) throw transferRequestNotFound()
  return request
}

export const transferRequestNotFound = () =>
  new Refusal('not_found', 'There is no such request. Look it up in the list.')

async function named(db: Reader, found: readonly Found[]): Promise<TransferRequest[]> {
  const people = found.flatMap(one => [one.askedBy ?? [], one.endedBy ?? []].flat())
  const [packs, names] = await Promise.all([
    findPacks(db, [...new Set(found.map(one => one.medicineId))]),
    findNames(db, [...new Set(people)]),
  ])
  return found.map(({ serial, ...one }) => ({
    ...one,
    number: `RQ-${serial}`,
    name: packs.get(one.medicineId)?.name ?? '',
    askedAt: one.askedAt.toISOString(),
    askedBy: names.get(one.askedBy ?? '') ?? null,
    expiresAt: one.expiresAt.toISOString(),
    endedAt: one.endedAt?.toISOString() ?? null,
    endedBy: names.get(one.endedBy ?? '') ?? null,
  }))
}
