import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'

/** Packs of one batch that lie reserved for a cause, and where to fetch them. */
export interface Reservation {
  readonly causeId: string
  readonly packId: string
  readonly batchId: string
  readonly batchNumber: string
  /** 'YYYY-MM' */
  readonly expiry: string
  readonly bin: string
  readonly packs: number
  readonly units: number
  readonly mrpPaise: number
}

/** Everything these causes hold, in walking order: bin, then first expiry. */
export async function findReservations(
  db: Reader,
  causeIds: readonly string[],
): Promise<Reservation[]> {
  const { rows } = await sql<Reservation>`
    select reservation.cause_id as "causeId", batch.pack_id as "packId", batch.id as "batchId",
      batch.batch_number as "batchNumber", batch.expiry_month as expiry, reservation.bin,
      reservation.units / batch.units_per_pack as packs, reservation.units,
      batch.mrp_paise as "mrpPaise"
    from stock.reservation join stock.batch on batch.id = reservation.batch_id
    where reservation.cause_id = any(${causeIds}::uuid[]) and reservation.state = 'held'
    order by reservation.bin, batch.pack_id, batch.expires_on, batch.received_at, batch.id`.execute(
    db,
  )
  return rows
}
