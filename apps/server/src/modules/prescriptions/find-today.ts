import { sql } from 'kysely'
import type { Day } from '#kernel/day'
import type { Reader } from './find-uploads.ts'

/** The Indian day it is, by the database's clock. */
export async function findToday(db: Reader): Promise<Day> {
  const { rows } = await sql<{ today: Day }>`select kernel.today()::text as today`.execute(db)
  return rows[0]!.today
}
