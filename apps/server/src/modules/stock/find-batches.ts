import {
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
  const after = readCursor(query.after)
  const [from, to] = query.expiry ? expiryBounds[query.expiry] : [null, null]
  const medicineId = query.medicineId ?? null
  const { rows } = await sql<BatchFound>`
    select ${batchColumns}
    from stock.store
    join stock.balance as lying on lying.store_id = store.id
    join stock.batch on batch.id = lying.batch_id
    where store.is_default and lying.on_hand > 0
      and (${medicineId}::uuid is null or batch.pack_id = ${medicineId}::uuid)
      and batch.expires_on >= coalesce(kernel.today() + ${from}::integer, date '0001-01-01')
      and batch.expires_on < coalesce(kernel.today() + ${to}::integer, ${endOfTime}::date)
      and (batch.expires_on, batch.id) >= (${after.expiresOn}::date, ${after.id}::uuid)
      and (batch.id <> ${after.id}::uuid or (lying.state, lying.bin) > (${after.state}, ${after.bin}))
    order by batch.expires_on, batch.id, lying.state, lying.bin limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  const packs = await findPacks(db, [...new Set(page.map(row => row.medicineId))])
  const last = page.at(-1)
  return {
    items: page.map(row => batchRowOf(row, packs.get(row.medicineId))),
    next: rows.length > limit && last ? `${last.expiresOn}.${last.positionId}` : null,
    counts: await countBatches(db, medicineId),
  }
}

async function countBatches(db: Reader, medicineId: string | null) {
  const { rows } = await sql<Record<keyof typeof expiryBounds, number>>`
    select count(*) filter (where life < 0)::integer as expired,
      count(*) filter (where life >= 0 and life < 30)::integer as within_30_days,
      count(*) filter (where life >= 0 and life < 90)::integer as within_90_days,
      count(*) filter (where life >= 90)::integer as later
    from (
      select batch.expires_on - kernel.today() as life
      from stock.store
      join stock.balance on balance.store_id = store.id
      join stock.batch on batch.id = balance.batch_id
      where store.is_default and balance.on_hand > 0
        and (${medicineId}::uuid is null or batch.pack_id = ${medicineId}::uuid)
    ) as shelf`.execute(db)
  return rows[0]!
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
