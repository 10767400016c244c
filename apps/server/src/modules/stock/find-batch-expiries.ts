import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import type { Day } from '#kernel/day'

/** The last day of each of these batches; an id that is no batch's is absent. */
export async function findBatchExpiries(
  db: Reader,
  batchIds: readonly string[],
): Promise<Map<string, Day>> {
  const { rows } = await sql<{ id: string; expiresOn: Day }>`
    select id, expires_on as "expiresOn" from stock.batch where id = any(${batchIds}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map(row => [row.id, row.expiresOn]))
}
