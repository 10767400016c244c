import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '#kernel/database'

/** Lets good units of a batch leave the ledger as a sale does, without an order and its dispensing. */
export async function sellUnits(database: Database, batchId: string, units: number): Promise<void> {
  await sql`
    insert into stock.movement (batch_id, store_id, state, bin, kind, on_hand_delta, reserved_delta, cause_kind,
      cause_id, request_id)
    select batch_id, store_id, state, bin, 'issued', ${-units}::integer, 0, 'order', ${randomUUID()}, 'test'
    from stock.balance where batch_id = ${batchId} and state = 'sellable'`.execute(database.db)
}
