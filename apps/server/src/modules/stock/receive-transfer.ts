import type { receiveTransfer as contract, RequestOf } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { once } from '#kernel/idempotency'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { transferNotFound } from './find-transfers.ts'
import { lockPositions, type Move, type PositionState, writeMoves } from './move-units.ts'

type Arrived = RequestOf<typeof contract>['body']['lines'][number]

/** A line as it was sent, and where its good units go on arrival: what was blocked or expired on the way is not sold. */
interface Sent {
  readonly batchId: string
  readonly sentUnits: number
  readonly goodTo: PositionState
}

/**
 * Counts in what arrived: good units onto the shelf, or apart when the batch was blocked or expired on the way; damaged ones
 * apart; what is missing is written off with its reason. Every line at once, and once. Refuses `transfer_state_forbids`
 * for one already received, `transfer_invalid` for other batches than were sent or more than was sent, and
 * `reason_needed` for a shortage without one.
 */
export async function receiveTransfer(
  database: Database,
  caller: Caller,
  key: string,
  receipt: { id: string; lines: readonly Arrived[] },
): Promise<{ id: string }> {
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `stock.transfer_receipt:${caller.personId}`, key, request: receipt }, () =>
      takeIn(tx, caller, receipt),
    ),
  )
}

async function takeIn(
  tx: Tx,
  caller: Caller,
  { id, lines }: { id: string; lines: readonly Arrived[] },
): Promise<{ id: string }> {
  const storeId = await lockTransfer(tx, id)
  await lockPositions(
    tx,
    lines.map(line => line.batchId),
  )
  const sent = await findSent(tx, id)
  assertSameBatches(sent, lines)
  const pairs = lines.map((line, at) => ({ line, at, sent: sent.get(line.batchId)! }))
  for (const pair of pairs) assertCounted(pair)
  await sql`
    update stock.transfer_line set good_units = good, damaged_units = damaged, shortage_reason = reason
    from unnest(${lines.map(line => line.batchId)}::uuid[], ${lines.map(line => line.goodUnits)}::integer[],
      ${lines.map(line => line.damagedUnits ?? 0)}::integer[], ${lines.map(line => reasonOf(line, sent))}::text[])
      as arrived (batch, good, damaged, reason)
    where transfer_id = ${id} and batch_id = batch`.execute(tx)
  await sql`
    update stock.transfer set received_at = kernel.now(), received_by = ${caller.personId}::uuid
    where id = ${id}`.execute(tx)
  const moves = pairs.flatMap(({ line, sent: of }) => arrivals(storeId, line, of))
  await writeMoves(tx, caller, 'transferred', moves, { kind: 'transfer', id })
  for (const { line, sent: of } of pairs) {
    const missing = missingOf(line, of)
    if (missing === 0) continue
    const gone = {
      batchId: line.batchId,
      storeId,
      state: 'in_transit',
      bin: '',
      units: -missing,
    } as const
    const note = line.shortageReason ?? null
    await writeMoves(tx, caller, 'written_off', [gone], { kind: 'transfer', id, note })
  }
  // Orders that wait for goods may be filled from what came.
  await emit(tx, caller, 'stock.goods_received', { transferId: id })
  return { id }
}

async function lockTransfer(tx: Tx, id: string): Promise<string> {
  const { rows } = await sql<{ storeId: string; isReceived: boolean; isCancelled: boolean }>`
    select to_store_id as "storeId", received_at is not null as "isReceived", cancelled_at is not null as "isCancelled"
    from stock.transfer where id = ${id} for update`.execute(tx)
  const [transfer] = rows
  if (!transfer) throw transferNotFound()
  if (transfer.isCancelled) {
    throw new Refusal(
      'transfer_state_forbids',
      'This transfer was called back. What came is sent again by a transfer of its own.',
    )
  }
  if (!transfer.isReceived) return transfer.storeId
  throw new Refusal(
    'transfer_state_forbids',
    'This transfer was received already. Count the shelf if its units differ.',
  )
}

/** Shared locks on the batches keep a recall from slipping in between the look and the shelf. */
async function findSent(tx: Tx, id: string): Promise<ReadonlyMap<string, Sent>> {
  const { rows } = await sql<Sent>`
    select batch_id as "batchId", sent_units as "sentUnits",
      case when batch.expires_on < kernel.today() then 'expired' when batch.hold is not null then 'quarantine'
        else 'sellable' end as "goodTo"
    from stock.transfer_line join stock.batch on batch.id = transfer_line.batch_id
    where transfer_id = ${id} for share of batch`.execute(tx)
  return new Map(rows.map(row => [row.batchId, row]))
}

function assertSameBatches(sent: ReadonlyMap<string, Sent>, lines: readonly Arrived[]): void {
  const named = new Set(lines.map(line => line.batchId))
  const isWhole = named.size === lines.length && lines.length === sent.size
  if (isWhole && lines.every(line => sent.has(line.batchId))) return
  throw new Refusal(
    'transfer_invalid',
    'Count every batch that was sent, once each; write 0 for what did not come.',
  )
}

function missingOf(line: Arrived, sent: Sent): number {
  return sent.sentUnits - line.goodUnits - (line.damagedUnits ?? 0)
}

function reasonOf(line: Arrived, sent: ReadonlyMap<string, Sent>): string | null {
  return missingOf(line, sent.get(line.batchId)!) > 0 ? (line.shortageReason ?? null) : null
}

function assertCounted({ line, at, sent }: { line: Arrived; at: number; sent: Sent }): void {
  const missing = missingOf(line, sent)
  if (missing < 0) {
    throw new Refusal(
      'transfer_invalid',
      `More came than was sent. Count again; ${sent.sentUnits} units were sent.`,
      { fields: [{ field: `lines.${at}.goodUnits`, message: `${sent.sentUnits} were sent` }] },
    )
  }
  if (missing > 0 && line.shortageReason === undefined) {
    throw new Refusal('reason_needed', `${missing} units are missing. Say why.`, {
      fields: [{ field: `lines.${at}.shortageReason`, message: `${missing} are missing` }],
    })
  }
}

function arrivals(storeId: string, line: Arrived, sent: Sent): Move[] {
  const { batchId, goodUnits, damagedUnits = 0 } = line
  const bin = line.bin?.trim() ?? ''
  const came = goodUnits + damagedUnits
  const moves: Move[] = [
    { batchId, storeId, state: 'in_transit', bin: '', units: -came },
    { batchId, storeId, state: sent.goodTo, bin, units: goodUnits },
    { batchId, storeId, state: 'damaged', bin, units: damagedUnits },
  ]
  return moves.filter(move => move.units !== 0)
}
