import { sql } from 'kysely'
import type { Reader } from './find-packs.ts'

/** Whether the catalogue has at least so many packs; reads no more of them than asked. */
export async function hasPacks(db: Reader, least: number): Promise<boolean> {
  const { rows } = await sql<{ isThere: boolean }>`
    select count(*) >= ${least} as "isThere" from (
      select from catalogue.pack limit ${least}
    ) as counted`.execute(db)
  return rows[0]?.isThere === true
}
