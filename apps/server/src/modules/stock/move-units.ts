import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/transaction'

/** Where units of a batch lie. Only what is `sellable` is promised to anybody; `loose` is sold by the tablet. */
export const positionStates = [
  'sellable',
  'loose',
  'quarantine',
  'damaged',
  'expired',
  'in_transit',
] as const
export type PositionState = (typeof positionStates)[number]

export interface Position {
  readonly batchId: string
  readonly storeId: string
  readonly state: PositionState
  readonly bin: string
}

/** The one concrete thing a movement happened for. */
export interface Cause {
  readonly kind:
    | 'receipt'
    | 'order'
    | 'count'
    | 'decision'
    | 'recall'
    | 'expiry'
    | 'excursion'
    | 'transfer'
    | 'repack'
    | 'supplier_return'
    | 'destruction'
  readonly id: string
  readonly note?: string | null
}

export interface Move extends Position {
  /** Base units; negative leaves the position. */
  readonly units: number
}

type MoveKind =
  | 'received'
  | 'adjusted'
  | 'quarantined'
  | 'written_off'
  | 'transferred'
  | 'repacked'
  | 'issued'

/**
 * Writes movements of units nobody has reserved. Departures are written before arrivals. The caller has locked the
 * batches (`lockPositions`) and seen that the units are free: a position that cannot bear a move is a bug and fails.
 */
export async function writeMoves(
  tx: Tx,
  caller: Caller,
  kind: MoveKind,
  moves: readonly Move[],
  cause: Cause,
): Promise<void> {
  const ordered = moves.toSorted((one, other) => Math.sign(one.units) - Math.sign(other.units))
  await sql`
    insert into stock.movement (batch_id, store_id, state, bin, kind, on_hand_delta, reserved_delta,
      cause_kind, cause_id, actor_id, request_id, note)
    select batch_id, store_id, state, bin, ${kind}, units, 0, ${cause.kind}, ${cause.id}, ${caller.personId}::uuid,
      ${caller.requestId}, ${cause.note ?? null}
    from unnest(${ordered.map(one => one.batchId)}::uuid[], ${ordered.map(one => one.storeId)}::uuid[],
      ${ordered.map(one => one.state)}::text[], ${ordered.map(one => one.bin)}::text[],
      ${ordered.map(one => one.units)}::integer[])
      with ordinality as move (batch_id, store_id, state, bin, units, place)
    order by place`.execute(tx)
}

/** A position as it stands, its lock held until the commit. */
export interface Lying extends Position {
  readonly onHand: number
  readonly reserved: number
}

/** Locks every position of these batches in the lock order of all stock writers, and returns those with anything. */
export async function lockPositions(tx: Tx, batchIds: readonly string[]): Promise<Lying[]> {
  await sql`select stock.lock_balances(${batchIds}::uuid[])`.execute(tx)
  const { rows } = await sql<Lying>`
    select batch_id as "batchId", store_id as "storeId", state, bin, on_hand as "onHand", reserved
    from stock.balance where batch_id = any(${batchIds}::uuid[]) and on_hand > 0
    order by batch_id, store_id, state, bin`.execute(tx)
  return rows
}

/**
 * Moves the free units of these batches out of sale into another state of the same bin, in every store or in one.
 * Units already promised stay until their hold ends. Returns the units set apart.
 */
export async function setApart(
  tx: Tx,
  caller: Caller,
  request: {
    batchIds: readonly string[]
    to: 'quarantine' | 'damaged' | 'expired'
    cause: Cause
    from?: readonly PositionState[]
    storeId?: string
    bins?: readonly string[]
  },
): Promise<number> {
  const { to, cause, from = ['sellable', 'loose'], storeId, bins } = request
  const lying = await lockPositions(tx, request.batchIds)
  const free = lying.filter(
    one =>
      from.includes(one.state) &&
      one.onHand > one.reserved &&
      (storeId === undefined || one.storeId === storeId) &&
      (bins === undefined || bins.includes(one.bin)),
  )
  const moves = free.flatMap(one => {
    const units = one.onHand - one.reserved
    return [
      { ...one, units: -units },
      { ...one, state: to, units },
    ]
  })
  if (moves.length > 0) await writeMoves(tx, caller, 'quarantined', moves, cause)
  return free.reduce((sum, one) => sum + one.onHand - one.reserved, 0)
}
