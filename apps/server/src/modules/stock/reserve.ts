import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Day } from '#kernel/day'
import { keepIf, type Tx } from '#kernel/transaction'

export interface Wanted {
  readonly packId: string
  readonly packs: number
  /** How long the treatment lasts, where somebody said: the packs must outlive it. */
  readonly courseDays?: number | null
}

/** So many whole packs of one batch, held for the cause. */
export interface ReservedPick {
  readonly packId: string
  readonly batchId: string
  readonly packs: number
  readonly units: number
  readonly mrpPaise: number
}

export type Reserved =
  | { outcome: 'reserved'; picks: readonly ReservedPick[] }
  /** The first pack there is too little of, and how many packs too little. Nothing was taken. */
  | { outcome: 'out_of_stock'; packId: string; shortPacks: number }
  /** Too many others were at the same batches; the same call may be repeated. Nothing was taken. */
  | { outcome: 'busy' }

export interface ReservationRequest<Line = Wanted> {
  readonly storeId: string
  readonly causeId: string
  readonly lines: readonly Line[]
  readonly holdHours: number
  /** The day they will be delivered; the store's usual promise when nobody knows. */
  readonly deliveredOn?: Day | null
}

/**
 * Holds whole packs for `causeId` for so many hours from the transaction's now, first expiry first: every line or
 * none. Lines of one pack are added up first. One round trip; call it as the last statement before the commit, because
 * it locks the rows everybody wants. Short stock is a value, not an error.
 */
export async function reserve(
  tx: Tx,
  caller: Caller,
  request: ReservationRequest,
): Promise<Reserved> {
  const { packIds, quantities, courses } = columnsOf(request.lines)
  const { rows } = await sql<{ reserved: Reserved }>`
    select stock.reserve(${request.storeId}, ${request.causeId}, ${packIds}::uuid[],
      ${quantities}::integer[], ${courses}::integer[], ${request.deliveredOn ?? null}::date,
      kernel.now() + make_interval(hours => ${request.holdHours}),
      ${caller.personId}::uuid, ${caller.requestId})
      as reserved`.execute(tx)
  return rows[0]!.reserved
}

/** What keeps `reserveAndCommit` from committing. */
export type NotReserved =
  | Exclude<Reserved, { outcome: 'reserved' }>
  /** A batch prints a lower MRP than the price its line was shown: lower it in a transaction with `reserve`. */
  | { outcome: 'cheaper' }

/**
 * As `reserve`, and commits in the same breath, so that the rows everybody wants are locked for no journey between us
 * and the database: the last act of a transaction. `pricePaise` of each line is what its pack is sold at. What was not
 * reserved is thrown as `NotKept<NotReserved>`, and nothing of the transaction remains.
 */
export async function reserveAndCommit(
  tx: Tx,
  caller: Caller,
  request: ReservationRequest<Wanted & { readonly pricePaise: number }>,
): Promise<void> {
  const { packIds, quantities, courses } = columnsOf(request.lines)
  const prices = request.lines.map(line => line.pricePaise)
  await keepIf(
    tx,
    'reserved',
    sql<Extract<Reserved, { outcome: 'reserved' }> | NotReserved>`
      stock.reserve_as_priced(${request.storeId}, ${request.causeId}, ${packIds}::uuid[],
        ${quantities}::integer[], ${courses}::integer[], ${prices}::bigint[], ${request.deliveredOn ?? null}::date,
        kernel.now() + make_interval(hours => ${request.holdHours}),
        ${caller.personId}::uuid, ${caller.requestId})`,
  )
}

function columnsOf(lines: readonly Wanted[]) {
  return {
    packIds: lines.map(line => line.packId),
    quantities: lines.map(line => line.packs),
    courses: lines.map(line => line.courseDays ?? null),
  }
}
