import { sql } from 'kysely'
import type { Tx } from '#kernel/transaction'

export interface PlacedLine {
  readonly line: number
  readonly packId: string
  /** Packs as the order stands now. */
  readonly quantity: number
  /** Base units, where the last of these packs is cut; null for whole packs. */
  readonly units: number | null
  readonly needsPrescription: boolean
}

/** The lines of an order in their order. */
export async function findPlaced(tx: Tx, orderId: string): Promise<PlacedLine[]> {
  const { rows } = await sql<PlacedLine>`
    select line, pack_id as "packId", quantity, units, needs_prescription as "needsPrescription"
    from ordering.order_line where order_id = ${orderId} order by line`.execute(tx)
  return rows
}
