import { type explainStock as contract, listMax, type ReplyOf } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { batchColumns, type BatchFound, batchRowOf } from './batch-row.ts'
import { findAvailability } from './find-availability.ts'
import { kindWords } from './explain-shortage.ts'

type Explanation = ReplyOf<typeof contract>

/** Every position of a pack in the order it would be taken, each skipped one with its reason. */
export async function explainStock(db: Reader, packId: string): Promise<Explanation> {
  const { rows } = await sql<BatchFound>`
    select ${batchColumns}
    from stock.batch
    join stock.balance as lying on lying.batch_id = batch.id
    join stock.store on store.id = lying.store_id
    where batch.pack_id = ${packId} and store.is_default and lying.on_hand > 0
    order by batch.expires_on, batch.received_at, batch.id, lying.state, lying.bin
    limit ${listMax}`.execute(db)
  const [packs, available] = await Promise.all([
    findPacks(db, [packId]),
    findAvailability(db, [packId]),
  ])
  const availablePacks = available.get(packId)?.availablePacks ?? 0
  return {
    availablePacks,
    batches: rows.map(row => batchRowOf(row, packs.get(row.medicineId))),
    customer: availablePacks > 0 ? null : kindWords(rows.map(row => row.obstacle)),
  }
}
