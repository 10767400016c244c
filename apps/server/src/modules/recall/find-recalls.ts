import {
  listMax,
  type listRecalls,
  type Recall,
  type ReplyOf,
  type RequestOf,
} from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { countOrdersOf } from '#modules/dispensing'
import { findNames } from '#modules/identity'
import { isReconciled, reconcileBatches } from '#modules/stock'
import type { Day } from '#kernel/day'
import { isId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'

type Head = ReplyOf<typeof listRecalls>['items'][number]

interface HeadFound {
  id: string
  serial: number
  recallClass: Head['recallClass']
  level: Head['level']
  source: string
  reason: string
  isMock: boolean
  medicineId: string
  openedAt: Date
  openedBy: string
  completeBy: Date
  closedAt: Date | null
}

const columns = sql`
  id, serial, recall_class as "recallClass", level, source, reason, is_mock as "isMock", pack_id as "medicineId",
  opened_at as "openedAt", opened_by as "openedBy", complete_by as "completeBy", closed_at as "closedAt"`

export const recallNotFound = () =>
  new Refusal('not_found', 'There is no such recall. Look it up in the list.')

/** A page of recalls, newest first. */
export async function findRecalls(
  db: Reader,
  query: RequestOf<typeof listRecalls>['query'],
): Promise<ReplyOf<typeof listRecalls>> {
  const limit = query.limit ?? listMax
  const after = query.after ?? null
  if (after !== null && !isId(after)) {
    throw new Refusal('malformed_request', 'This page address is broken. Begin the list again.')
  }
  const { rows } = await sql<HeadFound>`
    select ${columns} from recall.recall
    where ${after}::uuid is null or serial < (select serial from recall.recall where id = ${after}::uuid)
    order by serial desc limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  return {
    items: await headsOf(db, page),
    drillDueOn: await findDrillDay(db),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}

/** One recall with every unit of its batches accounted for; refuses `not_found`. */
export async function findRecall(db: Reader, id: string): Promise<Recall> {
  const { rows } = await sql<HeadFound>`
    select ${columns} from recall.recall where id = ${id}`.execute(db)
  const [head] = await headsOf(db, rows)
  if (!head) throw recallNotFound()
  const batchIds = await findBatchIds(db, id)
  const accounts = await reconcileBatches(db, batchIds)
  return {
    ...head,
    batches: accounts.map(one => ({ ...one, isReconciled: isReconciled(one) })),
    buyers: await countOrdersOf(db, batchIds),
    askedToTell: await countTold(db, id),
    contacts: await countContacts(db, id),
    disposals: await findDisposals(
      db,
      id,
      new Map(accounts.map(one => [one.batchId, one.batchNumber])),
    ),
  }
}

async function countTold(db: Reader, recallId: string): Promise<number> {
  const { rows } = await sql<{ orders: number }>`
    select count(*)::integer as orders from recall.telling where recall_id = ${recallId}`.execute(
    db,
  )
  return rows[0]!.orders
}

/** A mock recall at least yearly (CDSCO guideline): a year after the last, or today. */
async function findDrillDay(db: Reader): Promise<Day> {
  const { rows } = await sql<{ day: Day }>`
    select coalesce(((max(opened_at) at time zone 'Asia/Kolkata') + interval '1 year')::date, kernel.today()) as day
    from recall.recall where is_mock`.execute(db)
  return rows[0]!.day
}

export async function findBatchIds(db: Reader, recallId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select batch_id as id from recall.batch where recall_id = ${recallId} order by batch_id`.execute(
    db,
  )
  return rows.map(row => row.id)
}

async function headsOf(db: Reader, found: readonly HeadFound[]): Promise<Head[]> {
  const [packs, names] = await Promise.all([
    findPacks(db, [...new Set(found.map(one => one.medicineId))]),
    findNames(db, [...new Set(found.map(one => one.openedBy))]),
  ])
  return found.map(({ serial, openedBy, ...one }) => ({
    ...one,
    number: `RC-${serial}`,
    name: packs.get(one.medicineId)?.name ?? '',
    state: one.closedAt === null ? 'open' : 'closed',
    openedAt: one.openedAt.toISOString(),
    openedBy: names.get(openedBy) ?? null,
    completeBy: one.completeBy.toISOString(),
    closedAt: one.closedAt?.toISOString() ?? null,
  }))
}

/** Orders by what came of the last try to reach them. */
async function countContacts(db: Reader, recallId: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ outcome: string; orders: number }>`
    select outcome, count(*)::integer as orders from (
      select distinct on (order_id) outcome from recall.contact
      where recall_id = ${recallId} order by order_id, id desc
    ) as last group by outcome order by outcome`.execute(db)
  return Object.fromEntries(rows.map(row => [row.outcome, row.orders]))
}

const disposalsMax = 500

async function findDisposals(db: Reader, recallId: string, numbers: ReadonlyMap<string, string>) {
  const { rows } = await sql<{
    batchId: string
    units: number
    kind: 'destroyed' | 'sent_back'
    note: string
    at: Date
  }>`
    select batch_id as "batchId", units, kind, note, at from recall.disposal
    where recall_id = ${recallId} order by id limit ${disposalsMax}`.execute(db)
  return rows.map(({ batchId, at, ...row }) => ({
    ...row,
    batchNumber: numbers.get(batchId) ?? '',
    at: at.toISOString(),
  }))
}
