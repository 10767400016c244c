import { listMax, type WriteOff } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { findNames } from '#modules/identity'
import { Refusal } from '#kernel/refusal'

interface Found extends Omit<WriteOff, 'name' | 'at' | 'undoneAt'> {
  at: Date
  undoneAt: Date | null
}

export const writeOffNotFound = () =>
  new Refusal('not_found', 'There is no such write-off. Look it up in the list.')

const columns = sql`
  select write_off.id, batch_id as "batchId", batch.pack_id as "medicineId", batch.batch_number as "batchNumber",
    batch.expiry_month as expiry, batch.units_per_pack as "unitsPerPack", write_off.units, reason, note, at,
    div(write_off.units::bigint * batch.purchase_rate_paise, batch.units_per_pack)::bigint as "costPaise",
    by_person as by, undone_at as "undoneAt", undone_by as "undoneBy"
  from stock.write_off join stock.batch on batch.id = batch_id`

/** What left the books by decision, newest first. */
export async function findWriteOffs(
  db: Reader,
  limit: number | undefined,
): Promise<{ items: WriteOff[] }> {
  const { rows } = await sql<Found>`
    ${columns} order by at desc, write_off.id desc limit ${limit ?? listMax}`.execute(db)
  return { items: await named(db, rows) }
}

/** One write-off, or `not_found`. */
export async function findWriteOff(db: Reader, id: string): Promise<WriteOff> {
  const { rows } = await sql<Found>`${columns} where write_off.id = ${id}`.execute(db)
  const [found] = await named(db, rows)
  if (!found) throw writeOffNotFound()
  return found
}

async function named(db: Reader, rows: readonly Found[]): Promise<WriteOff[]> {
  const people = rows.flatMap(row => [row.by ?? [], row.undoneBy ?? []].flat())
  const [packs, names] = await Promise.all([
    findPacks(db, [...new Set(rows.map(row => row.medicineId))]),
    findNames(db, [...new Set(people)]),
  ])
  return rows.map(row => ({
    ...row,
    name: packs.get(row.medicineId)?.name ?? '',
    at: row.at.toISOString(),
    by: names.get(row.by ?? '') ?? null,
    undoneAt: row.undoneAt?.toISOString() ?? null,
    undoneBy: names.get(row.undoneBy ?? '') ?? null,
  }))
}
