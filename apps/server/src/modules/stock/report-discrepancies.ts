import type { listDiscrepancies as contract, ReplyOf } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { findDiscrepancies, findUnpairedMoves } from './check-ledger.ts'

/** The nightly alarm's findings as the desk sees them, with the medicine's name. Nothing is repaired. */
export async function reportDiscrepancies(db: Reader): Promise<ReplyOf<typeof contract>> {
  const [found, unpaired] = await Promise.all([findDiscrepancies(db), findUnpairedMoves(db)])
  const { rows: batches } = await sql<{ id: string; packId: string; batchNumber: string }>`
    select id, pack_id as "packId", batch_number as "batchNumber" from stock.batch
    where id = any(${found.map(one => one.batchId)}::uuid[]) order by id`.execute(db)
  const packs = await findPacks(db, [...new Set(batches.map(batch => batch.packId))])
  const byId = new Map(batches.map(batch => [batch.id, batch]))
  return {
    checkedAt: new Date().toISOString(),
    unpaired: unpaired.length,
    items: found.map(one => {
      const batch = byId.get(one.batchId)
      return {
        batchId: one.batchId,
        name: packs.get(batch?.packId ?? '')?.name ?? '',
        batchNumber: batch?.batchNumber ?? '',
        state: one.state,
        bin: one.bin,
        onHand: one.onHand,
        ledgerOnHand: one.ledgerOnHand,
        reserved: one.reserved,
        ledgerReserved: one.ledgerReserved,
        heldUnits: one.heldUnits,
      }
    }),
  }
}
