import type { BillColumnPlaces } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { headingKey } from './bill-columns.ts'

const keyMax = 4_000

/** Files of one program have the same headings in the same order; another export asks anew. */
export const headingsKey = (cells: readonly string[]): string =>
  cells.map(headingKey).join('|').slice(0, keyMax)

/** The columns somebody chose for a file of these headings of this supplier, or null. */
export async function rememberedColumns(
  db: Reader,
  supplierId: string,
  header: readonly string[],
): Promise<BillColumnPlaces | null> {
  const { rows } = await sql<{ columns: BillColumnPlaces }>`
    select columns from purchasing.bill_file_columns
    where supplier_id = ${supplierId} and headings_key = ${headingsKey(header)}`.execute(db)
  return rows[0]?.columns ?? null
}
