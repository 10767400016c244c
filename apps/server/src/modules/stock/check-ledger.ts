import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import type { Database } from '#kernel/database'

export interface Discrepancy {
  readonly batchId: string
  readonly storeId: string
  readonly state: string
  readonly bin: string
  readonly onHand: number | null
  readonly reserved: number | null
  readonly ledgerOnHand: number | null
  readonly ledgerReserved: number | null
  readonly heldUnits: number | null
}

const reportedMax = 20

/** Balances that are not the sum of their movements, or reserved units that nobody holds. Always empty. */
export async function findDiscrepancies(db: Reader): Promise<Discrepancy[]> {
  const { rows } = await sql<Discrepancy>`
    select batch_id as "batchId", store_id as "storeId", state, bin, on_hand as "onHand", reserved,
      ledger_on_hand as "ledgerOnHand", ledger_reserved as "ledgerReserved", held_units as "heldUnits"
    from stock.discrepancy order by batch_id, store_id, state, bin limit ${reportedMax}`.execute(db)
  return rows
}

/** Units that left one position and arrived in none, by their cause. Always empty. */
export async function findUnpairedMoves(
  db: Reader,
): Promise<{ causeId: string; batchId: string; kind: string }[]> {
  const { rows } = await sql<{ causeId: string; batchId: string; kind: string }>`
    select cause_id as "causeId", batch_id as "batchId", kind from stock.unpaired_move
    order by cause_id, batch_id, kind limit ${reportedMax}`.execute(db)
  return rows
}

/** Every night: fails, and so alarms, when one balance disagrees. Nothing is repaired by itself. */
export async function checkLedger(database: Database): Promise<void> {
  const found = await findDiscrepancies(database.reads)
  assert(
    found.length === 0,
    `stock.discrepancy has ${found.length} rows: stop selling those batches and find who wrote a balance without a movement`,
  )
  const unpaired = await findUnpairedMoves(database.reads)
  assert(
    unpaired.length === 0,
    `stock.unpaired_move has ${unpaired.length} rows: units left one shelf and arrived on none; count those batches`,
  )
}
