import type { RequestOf, sendTransfer as contract } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { type IssueObstacle, obstacleWords } from './issuable.ts'
import { lockPositions, type Lying, type Move, writeMoves } from './move-units.ts'

type NewTransfer = RequestOf<typeof contract>['body']

/**
 * Sends free units to another store. From the commit on they are on their way: on the books of the receiving store, sold
 * by nobody. The same key again answers the same transfer. Refuses `transfer_invalid` for one store twice or a batch
 * twice, `not_found` for an unknown store or batch, `batch_not_issuable` for what is blocked or expired, and
 * `out_of_stock` for more than lies free.
 */
export async function sendTransfer(
  database: Database,
  caller: Caller,
  key: string,
  asked: NewTransfer,
): Promise<{ id: string }> {
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `stock.transfer:${caller.personId}`, key, request: asked }, () =>
      writeTransfer(tx, caller, asked),
    ),
  )
}

/** As `sendTransfer`, within the caller's transaction. */
export async function writeTransfer(
  tx: Tx,
  caller: Caller,
  asked: NewTransfer,
): Promise<{ id: string }> {
  await assertStores(tx, asked)
  const batchIds = asked.lines.map(line => line.batchId)
  if (new Set(batchIds).size < batchIds.length) {
    throw new Refusal('transfer_invalid', 'A batch stands on two lines. Put its units on one.')
  }
  const lying = await lockPositions(tx, batchIds)
  await assertMaySend(tx, batchIds)
  const moves = asked.lines.flatMap((line, at) => takeFree(lying, asked, { ...line, at }))
  const id = newId()
  await sql`
    insert into stock.transfer (id, from_store_id, to_store_id, note, sent_by)
    values (${id}, ${asked.fromStoreId}, ${asked.toStoreId}, ${asked.note ?? null}, ${caller.personId}::uuid)`.execute(
    tx,
  )
  await sql`
    insert into stock.transfer_line (transfer_id, batch_id, sent_units)
    select ${id}, batch_id, units
    from unnest(${batchIds}::uuid[], ${asked.lines.map(line => line.units)}::integer[]) as line (batch_id, units)`.execute(
    tx,
  )
  await writeMoves(tx, caller, 'transferred', moves, { kind: 'transfer', id })
  return { id }
}

/** Two stores that exist, and not one twice. */
export async function assertStores(
  tx: Tx,
  { fromStoreId, toStoreId }: Pick<NewTransfer, 'fromStoreId' | 'toStoreId'>,
): Promise<void> {
  if (fromStoreId === toStoreId) {
    throw new Refusal(
      'transfer_invalid',
      'The goods would stay where they are. Choose another store.',
    )
  }
  const { rows } = await sql`
    select id from stock.store where id = any(${[fromStoreId, toStoreId]}::uuid[])`.execute(tx)
  if (rows.length < 2)
    throw new Refusal('not_found', 'There is no such store. Choose one of the list.')
}

/** What a customer may not have is not sent on either: it would only be sold elsewhere. */
async function assertMaySend(tx: Tx, batchIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ batchNumber: string; obstacle: IssueObstacle | null }>`
    select batch_number as "batchNumber", stock.why_not_issuable(hold, 'sellable', expires_on, storage_class,
      array[storage_class], kernel.today(), kernel.today(), 0) as obstacle
    from stock.batch where id = any(${batchIds}::uuid[]) for share`.execute(tx)
  if (rows.length < batchIds.length) {
    throw new Refusal('not_found', 'There is no such batch. Look it up in the list.')
  }
  const blocked = rows.find(row => row.obstacle !== null)
  if (!blocked?.obstacle) return
  throw new Refusal(
    'batch_not_issuable',
    `Batch ${blocked.batchNumber}: ${obstacleWords[blocked.obstacle].staff}`,
  )
}

function takeFree(
  lying: readonly Lying[],
  { fromStoreId, toStoreId }: NewTransfer,
  line: { batchId: string; units: number; at: number },
): Move[] {
  let left = line.units
  const moves: Move[] = []
  for (const one of lying) {
    if (one.batchId !== line.batchId || one.storeId !== fromStoreId || one.state !== 'sellable')
      continue
    const units = Math.min(left, one.onHand - one.reserved)
    if (units > 0) moves.push({ ...one, units: -units })
    left -= units
  }
  if (left > 0) {
    const free = line.units - left
    throw new Refusal(
      'out_of_stock',
      `Only ${free} units of a batch lie free here. Send those, or wait for its orders.`,
      { fields: [{ field: `lines.${line.at}.units`, message: `${free} lie free` }] },
    )
  }
  const { batchId, units } = line
  return [...moves, { batchId, storeId: toStoreId, state: 'in_transit', bin: '', units }]
}
