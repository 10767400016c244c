import { sql } from 'kysely'
import type { Database } from '#kernel/database'

const stillSeconds = 30
const runsAtOnce = 5

/**
 * Runs that should be moving and are not: their worker died. A job of a dead process stays locked for hours, so the
 * runs themselves are asked.
 */
export async function findStandingRuns(database: Database): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from imports.run
    where state in ('reading', 'checking', 'committing', 'undoing')
      and moved_at < kernel.now() - make_interval(secs => ${stillSeconds})
    order by moved_at limit ${runsAtOnce}`.execute(database.db)
  return rows.map(row => row.id)
}
