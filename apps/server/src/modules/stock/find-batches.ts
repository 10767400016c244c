import {
  batchCountMax,
  type getBatch,
  listMax,
  type listBatches,
  type ReplyOf,
  type RequestOf,
} from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { findNames } from '#modules/identity'
import { isDay } from '#kernel/day'
import { isId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { allPositions, batchColumns, type BatchFound, batchRowOf } from './batch-row.ts'

const movementsMax = 200
const endOfTime = '9999-12-31'
const noId = '00000000-0000-0000-0000-000000000000'
const beginning = { expiresOn: '0001-01-01', id: noId, state: '', bin: '' }

/** Days from today that bound each part of the expiry filter: from the first up to and without the second. */
const expiryBounds = {
  expired: [null, 0],
  within_30_days: [0, 30],
  within_90_days: [0, 90],
  later: [90, null],
} as const

/** A page of the batches with units on hand, earliest expiry first, and how many lie in each part of the filter. */
export async function findBatches(
  db: Reader,
  query: RequestOf<typeof listBatches>['query'],
): Promise<ReplyOf<typeof listBatches>> {
  const limit = query.limit ?? listMax
  const rows = await findPage(db, query, limit + 1)
  const page = rows.slice(0, limit)
  const packs = await findPacks(db, [...new Set(page.map(row => row.medicineId))])
  const last = page.at(-1)
  return {
    items: page.map(row => batchRowOf(row, packs.get(row.medicineId))),
    next: rows.length > limit && last ? `${last.expiresOn}.${last.positionId}` : null,
    counts: await countBatches(db, query.medicineId),
  }
}

/** The default store's id by a subquery: known before the plan runs, so that the index gives the order. */
const ofDefaultStore = sql`lying.store_id = (select id from stock.store where is_default) and lying.on_hand > 0`

async function findPage(
  db: Reader,
  query: RequestOf<typeof listBatches>['query'],
  limit: number,
): Promise<BatchFound[]> {
  const after = readCursor(query.after)
  const [from, to] = query.expiry ? expiryBounds[query.expiry] : [null, null]
  const wanted = sql`${ofDefaultStore}
    and lying.expires_on >= coalesce(kernel.today() + ${from}::integer, date '0001-01-01')
    and lying.expires_on < coalesce(kernel.today() + ${to}::integer, ${endOfTime}::date)
    and (lying.expires_on, lying.batch_id, lying.state, lying.bin)
      > (${after.expiresOn}::date, ${after.id}::uuid, ${after.state}, ${after.bin})`
  const inOrder = sql`order by lying.expires_on, lying.batch_id, lying.state, lying.bin limit ${limit}`
  const { rows } = query.medicineId
    ? await sql<BatchFound>`
        -- The medicine's batches first, and then theirs alone (offset 0): left to itself the planner reads the whole shelf.
        with batch as materialized (
          select id, pack_id, batch_number, expiry_month, expires_on, hold, mrp_paise, units_per_pack, storage_class
          from stock.batch where pack_id = ${query.medicineId}
        )
        select ${batchColumns} from batch
        cross join lateral (
          select batch_id, store_id, state, bin, on_hand, reserved, expires_on from stock.balance where balance.batch_id = batch.id offset 0
        ) as lying
        join stock.store on store.id = lying.store_id
        where ${wanted} ${inOrder}`.execute(db)
    : await sql<BatchFound>`
        select ${batchColumns} from stock.balance as lying
        join stock.batch on batch.id = lying.batch_id
        join stock.store on store.id = lying.store_id
        where ${wanted} ${inOrder}`.execute(db)
  return rows
}

async function countBatches(db: Reader, medicineId: string | undefined) {
  const { rows } = medicineId
    ? await sql<Record<keyof typeof expiryBounds, number>>`
        select count(*) filter (where life < 0)::integer as expired,
          count(*) filter (where life >= 0 and life < 30)::integer as within_30_days,
          count(*) filter (where life >= 0 and life < 90)::integer as within_90_days,
          count(*) filter (where life >= 90)::integer as later
        from (
          select lying.expires_on - kernel.today() as life
          from (select id from stock.batch where pack_id = ${medicineId} offset 0) as batch
          cross join lateral (
            select store_id, on_hand, expires_on from stock.balance where balance.batch_id = batch.id offset 0
          ) as lying
          where ${ofDefaultStore}
        ) as shelf`.execute(db)
    : await sql<Record<keyof typeof expiryBounds, number>>`
        select ${countPart(null, 0)} as expired, ${countPart(0, 30)} as within_30_days,
          ${countPart(0, 90)} as within_90_days, ${countPart(90, null)} as later`.execute(db)
  return rows[0]!
}

function countPart(from: number | null, to: number | null) {
  return sql`(
    select count(*)::integer from (
      select from stock.balance as lying
      where ${ofDefaultStore}
        and lying.expires_on >= coalesce(kernel.today() + ${from}::integer, date '0001-01-01')
        and lying.expires_on < coalesce(kernel.today() + ${to}::integer, ${endOfTime}::date)
      limit ${batchCountMax}
    ) as part)`
}

function readCursor(cursor: string | undefined): typeof beginning {
  if (cursor === undefined) return beginning
  const [expiresOn = '', id = '', state = '', ...bin] = cursor.split('.')
  if (isDay(expiresOn) && isId(id)) return { expiresOn, id, state, bin: bin.join('.') }
  throw new Refusal('malformed_request', 'This page address is broken. Begin the list again.')
}

interface MovementFound {
  id: number
  at: Date
  kind: string
  state: string
  bin: string
  onHandDelta: number
  reservedDelta: number
  causeKind: string
  note: string | null
  actorId: string | null
}

/** One batch with its newest movements; refuses `not_found`. */
export async function findBatch(db: Reader, id: string): Promise<ReplyOf<typeof getBatch>> {
  const { rows } = await sql<BatchFound & { supplier: string; billNumber: string }>`
    select ${batchColumns}, supplier.name as supplier, receipt.bill_number as "billNumber"
    from stock.batch
    join stock.store on store.is_default
    cross join ${allPositions}
    join stock.receipt on receipt.id = batch.receipt_id
    join stock.supplier on supplier.id = receipt.supplier_id
    where batch.id = ${id}`.execute(db)
  const [found] = rows
  if (!found) throw new Refusal('not_found', 'There is no such batch. Look it up in the list.')
  const { supplier, billNumber, ...batch } = found
  const packs = await findPacks(db, [batch.medicineId])
  return {
    ...batchRowOf(batch, packs.get(batch.medicineId)),
    supplier,
    billNumber,
    movements: await findMovements(db, id),
  }
}

async function findMovements(db: Reader, batchId: string) {
  const { rows } = await sql<MovementFound>`
    select id, at, kind, state, bin, on_hand_delta as "onHandDelta", reserved_delta as "reservedDelta",
      cause_kind as "causeKind", note, actor_id as "actorId"
    from stock.movement where batch_id = ${batchId}
    order by id desc limit ${movementsMax}`.execute(db)
  const actorIds = [...new Set(rows.flatMap(row => row.actorId ?? []))]
  const names = await findNames(db, actorIds)
  return rows.map(({ id, at, causeKind, note, actorId, ...deltas }) => ({
    id: String(id),
    at: at.toISOString(),
    ...deltas,
    cause: note ?? causeKind,
    by: actorId === null ? null : (names.get(actorId) ?? null),
  }))
}
