import { MedicineIndex } from './medicine-index.ts'
import type { SearchRow } from './rows.ts'

/**
 * Reads every medicine into a new index; a few seconds for a quarter million. From a database they
 * come in batches, since waiting for each row alone costs more than reading it.
 */
export async function buildMedicineIndex(
  rows: AsyncIterable<readonly SearchRow[]> | Iterable<SearchRow>,
): Promise<MedicineIndex> {
  const index = new MedicineIndex()
  if (Symbol.iterator in rows) for (const row of rows) index.put(row)
  else for await (const some of rows) for (const row of some) index.put(row)
  index.settle()
  return index
}
