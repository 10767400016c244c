import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { once } from '#kernel/idempotency'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { lockPositions } from './move-units.ts'
import { writeTransfer } from './send-transfer.ts'
import { endRequest, lockOpenRequest, type OpenRequest } from './transfer-request.ts'

/**
 * Sends what another store asked for, by earliest expiry and in whole packs (the last one rounded up: no strip is cut for the
 * road), as a transfer like any other. `units` says less than was asked. Refuses `not_found`, `transfer_request_over`,
 * `transfer_invalid` for more than was asked, and `out_of_stock` with what lies free.
 */
export async function sendRequested(
  database: Database,
  caller: Caller,
  key: string,
  asked: { id: string; units?: number },
): Promise<{ id: string }> {
  const scope = `stock.requested_transfer:${caller.personId}`
  return inTransaction(database, caller, tx =>
    once(tx, { scope, key, request: asked }, async () => {
      const request = await lockOpenRequest(tx, asked.id)
      const lines = await firstToExpire(tx, request, asked.units ?? request.units)
      const { fromStoreId, toStoreId, reason: note } = request
      const transfer = await writeTransfer(tx, caller, { fromStoreId, toStoreId, note, lines })
      await endRequest(tx, caller, { id: asked.id, as: 'sent', transferId: transfer.id })
      return transfer
    }),
  )
}

interface Free {
  batchId: string
  unitsPerPack: number
  freeUnits: number
}

/** Whole free packs of what the one rule lets leave today, first to expire first; the locks hold until they are sent. */
async function firstToExpire(tx: Tx, request: OpenRequest, units: number) {
  if (units > request.units) {
    throw new Refusal('transfer_invalid', `Only ${request.units} units were asked for. Send those.`)
  }
  const { rows: known } = await sql<{ id: string }>`
    select id from stock.batch where pack_id = ${request.packId} and expires_on >= kernel.today()
    order by id`.execute(tx)
  await lockPositions(
    tx,
    known.map(one => one.id),
  )
  const { rows } = await sql<Free>`
    select batch.id as "batchId", units_per_pack as "unitsPerPack",
      sum(balance.on_hand - balance.reserved)::integer as "freeUnits"
    from stock.batch join stock.balance on balance.batch_id = batch.id
    where batch.pack_id = ${request.packId} and balance.store_id = ${request.fromStoreId}
      and balance.state = 'sellable' and balance.on_hand > balance.reserved
      and stock.why_not_issuable(batch.hold, 'sellable', batch.expires_on, batch.storage_class,
        array[batch.storage_class], kernel.today(), kernel.today(), 0) is null
    group by batch.id order by batch.expires_on, batch.received_at, batch.id`.execute(tx)
  return takeWholePacks(rows, units)
}

function takeWholePacks(free: readonly Free[], units: number) {
  let left = units
  const lines = free.flatMap(({ batchId, unitsPerPack, freeUnits }) => {
    const packs = Math.min(Math.floor(freeUnits / unitsPerPack), Math.ceil(left / unitsPerPack))
    if (left <= 0 || packs === 0) return []
    left -= packs * unitsPerPack
    return [{ batchId, units: packs * unitsPerPack }]
  })
  if (left <= 0) return lines
  throw new Refusal(
    'out_of_stock',
    `Only ${units - left} units lie free in whole packs. Send fewer, or decline and say why.`,
    { values: { left: units - left } },
  )
}
