import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Day } from '#kernel/day'
import type { Tx } from '#kernel/transaction'

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

/**
 * Holds whole packs for `causeId` for so many hours from the transaction's now, first expiry first: every line or
 * none. Lines of one pack are added up first. One round trip; call it as the last statement before the commit, because it locks the rows
 * everybody wants. Short stock is a value, not an error.
 */
export async function reserve(
  tx: Tx,
  caller: Caller,
  request: {
    storeId: string
    causeId: string
    lines: readonly Wanted[]
    holdHours: number
    /** The day they will be delivered; the store's usual promise when nobody knows. */
    deliveredOn?: Day | null
  },
): Promise<Reserved> {
  const packIds = request.lines.map(line => line.packId)
  const quantities = request.lines.map(line => line.packs)
  const courses = request.lines.map(line => line.courseDays ?? null)
  const { rows } = await sql<{ reserved: Reserved }>`
    select stock.reserve(${request.storeId}, ${request.causeId}, ${packIds}::uuid[],
      ${quantities}::integer[], ${courses}::integer[], ${request.deliveredOn ?? null}::date,
      kernel.now() + make_interval(hours => ${request.holdHours}),
      ${caller.personId}::uuid, ${caller.requestId})
      as reserved`.execute(tx)
  return rows[0]!.reserved
}
