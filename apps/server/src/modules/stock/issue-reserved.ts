import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { cutOnePack } from './cut-one-pack.ts'
import { findOpenStrips } from './find-open-strips.ts'
import { lockHeld } from './hold.ts'
import { issueFromOpen, issueFromOpened } from './issue-piece.ts'
import { type BatchFacts, type IssuePlan, type Picked, planIssue } from './issue-plan.ts'
import { type CutOfPack, partPicks, type Piece } from './part-picks.ts'
import { type BinMove, type HeldInBin, type InBin, spreadOverBins } from './spread-over-bins.ts'

/** What left the shelf from one batch, with what is printed on it. */
export interface Issued {
  readonly packId: string
  readonly batchId: string
  readonly batchNumber: string
  /** 'YYYY-MM' */
  readonly expiry: string
  readonly packs: number
  readonly units: number
  readonly mrpPaise: number
  readonly reason: string | null
}

/**
 * Takes what the cause holds off the shelf, from the batches really picked. Another batch than the one held needs a
 * reason, must itself be issuable, and frees the held one. `cuts` says by pack where the last pack picked is cut, or a
 * strip cut before gives the piece. Answers one row a batch. Refuses as `planIssue` and `issueFromOpen` do, and
 * `out_of_stock` when the hold ended and its packs are gone.
 */
export async function issueReserved(
  tx: Tx,
  caller: Caller,
  request: {
    causeId: string
    picks: readonly Picked[]
    cuts?: ReadonlyMap<string, CutOfPack>
  },
): Promise<Issued[]> {
  const { causeId, picks, cuts = new Map() } = request
  const pickedIds = picks.map(pick => pick.batchId)
  await lockHeld(tx, causeId, pickedIds)
  const held = await findHeld(tx, causeId)
  const [first] = held
  if (!first) {
    throw new Refusal(
      'out_of_stock',
      'The hold on these packs ended and they may be promised to somebody else. Cancel this order.',
    )
  }
  const { storeId } = first
  const batches = await findFacts(tx, storeId, pickedIds)
  const { whole, pieces, spared } = partPicks(picks, cuts)
  const plan = planIssue(held, whole, batches, spared)
  const free = await findFree(tx, storeId, pickedIds)
  let moves = spreadOverBins(plan, held, free)
  const opened = pieces.map(piece => {
    if (piece.pick.fromCutStrip) return []
    const { unitsPerPack } = batches.get(piece.pick.batchId)!
    const cut = cutOnePack(moves, { batchId: piece.pick.batchId, unitsPerPack })
    moves = cut.moves
    return cut.opened
  })
  await writeMovements(tx, caller, { causeId, storeId, plan, moves })
  for (const [at, { pick, units }] of pieces.entries()) {
    const piece = { causeId, storeId, units }
    if (pick.fromCutStrip)
      await issueFromOpen(tx, caller, piece, await openStripsOf(tx, storeId, pick))
    else await issueFromOpened(tx, caller, piece, opened[at]!)
  }
  return issuedOf(picks, pieces, batches)
}

async function openStripsOf(tx: Tx, storeId: string, { packId, batchId }: Picked) {
  const strips = await findOpenStrips(tx, { storeId, packIds: [packId] })
  return strips.filter(one => one.batchId === batchId)
}

async function findHeld(tx: Tx, causeId: string): Promise<(HeldInBin & { storeId: string })[]> {
  const { rows } = await sql<HeldInBin & { storeId: string }>`
    select pack_id as "packId", batch_id as "batchId", store_id as "storeId", bin, units
    from stock.reservation where cause_id = ${causeId} and state = 'held'
    order by id`.execute(tx)
  return rows
}

type Facts = BatchFacts & { expiry: string; mrpPaise: number }

/** Shared locks on the batches keep a recall from slipping in between the check and the issue. */
async function findFacts(tx: Tx, storeId: string, batchIds: readonly string[]) {
  const { rows } = await sql<Facts>`
    select batch.id as "batchId", batch.pack_id as "packId", batch.batch_number as "batchNumber",
      batch.units_per_pack as "unitsPerPack", batch.expiry_month as expiry, batch.mrp_paise as "mrpPaise",
      lying.free as "freeUnits",
      stock.why_not_issuable(batch.hold, lying.state, batch.expires_on, batch.storage_class, store.ships,
        kernel.today(), kernel.today(), 0) as obstacle,
      stock.why_not_issuable(batch.hold, lying.state, batch.expires_on, batch.storage_class, store.ships,
        kernel.today(), kernel.today(), store.min_life_days) as "obstacleInExchange"
    from stock.batch
    join stock.store on store.id = ${storeId}
    cross join lateral (
      select coalesce(sum(on_hand - reserved) filter (where balance.state = 'sellable'), 0)::integer as free,
        case when bool_or(balance.state = 'sellable' and on_hand > 0) then 'sellable'
          else coalesce(min(balance.state) filter (where on_hand > 0), 'sellable') end as state
      from stock.balance where balance.batch_id = batch.id and balance.store_id = store.id
    ) as lying
    where batch.id = any(${batchIds}::uuid[])
    order by batch.pack_id, batch.expires_on, batch.received_at, batch.id
    for share of batch`.execute(tx)
  return new Map(rows.map(row => [row.batchId, row]))
}

/** Units nobody holds, by batch and bin, in the order they are taken. */
async function findFree(tx: Tx, storeId: string, batchIds: readonly string[]): Promise<InBin[]> {
  const { rows } = await sql<InBin>`
    select batch_id as "batchId", bin, on_hand - reserved as units from stock.balance
    where batch_id = any(${batchIds}::uuid[]) and store_id = ${storeId} and state = 'sellable'
      and on_hand > reserved
    order by batch_id, bin`.execute(tx)
  return rows
}

/** Ends the holds and writes the issues and the exchanged batches' releases, in one statement each. */
async function writeMovements(
  tx: Tx,
  caller: Caller,
  write: { causeId: string; storeId: string; plan: IssuePlan; moves: readonly BinMove[] },
): Promise<void> {
  const { moves } = write
  const issuedFromHold = write.plan.issues.filter(one => one.isFromHold).map(one => one.batchId)
  await sql`
    update stock.reservation set ended_at = kernel.now(),
      state = case when batch_id = any(${issuedFromHold}::uuid[]) then 'issued' else 'released' end
    where cause_id = ${write.causeId} and state = 'held'`.execute(tx)
  await sql`
    insert into stock.movement
      (batch_id, store_id, bin, kind, on_hand_delta, reserved_delta, cause_kind, cause_id, actor_id, request_id)
    select batch_id, ${write.storeId}, bin, kind, on_hand_delta, reserved_delta, 'order', ${write.causeId},
      ${caller.personId}, ${caller.requestId}
    from unnest(${moves.map(one => one.batchId)}::uuid[], ${moves.map(one => one.bin)}::text[],
      ${moves.map(one => one.kind)}::text[],
      ${moves.map(one => one.onHand)}::integer[], ${moves.map(one => one.reserved)}::integer[])
      as move (batch_id, bin, kind, on_hand_delta, reserved_delta)`.execute(tx)
}

/** One row a batch, whatever it was picked in; a piece counts as the pack it is of, with its own units. */
function issuedOf(
  picks: readonly Picked[],
  pieces: readonly Piece[],
  batches: ReadonlyMap<string, Facts>,
): Issued[] {
  const issued = new Map<string, Issued>()
  for (const pick of picks) {
    const batch = batches.get(pick.batchId)!
    const piece = pieces.find(one => one.pick === pick)
    const units = piece
      ? (pick.packs - 1) * batch.unitsPerPack + piece.units
      : pick.packs * batch.unitsPerPack
    const before = issued.get(pick.batchId)
    issued.set(pick.batchId, {
      packId: pick.packId,
      batchId: pick.batchId,
      batchNumber: batch.batchNumber,
      expiry: batch.expiry,
      packs: (before?.packs ?? 0) + pick.packs,
      units: (before?.units ?? 0) + units,
      mrpPaise: batch.mrpPaise,
      reason: before?.reason ?? (pick.reason?.trim() || null),
    })
  }
  return [...issued.values()]
}
