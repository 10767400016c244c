import assert from 'node:assert/strict'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/day'

/** One look at the database: which transactions it could see, and which day it was in India. */
export interface Look {
  /** PostgreSQL's `pg_snapshot`, as text. */
  readonly seen: string
  readonly today: Day
}

/** Both ends of what happened between two looks. */
export interface Between {
  readonly since: string
  readonly until: string
}

/**
 * Looks now. What a later statement reads includes at least everything seen here, so a copy made after a look and
 * then brought up to date from it misses nothing. Only on the writing database: a standby does not know which
 * transactions run.
 */
export async function lookNow(db: Pick<Kysely<unknown>, 'getExecutor'>): Promise<Look> {
  const { rows } = await sql<Look>`
    select pg_current_snapshot()::text as seen, kernel.today() as today`.execute(db)
  const [look] = rows
  assert(look, 'a look at the database sees something')
  return look
}

/**
 * True for rows whose `written_in` became visible between two looks, exactly once each, in whatever order their
 * transactions began and committed. `writtenIn` names the column; the first comparison lets its index be used.
 */
export function isWrittenBetween(
  writtenIn: string,
  { since, until }: Between,
): RawBuilder<boolean> {
  const column = sql.ref(writtenIn)
  return sql<boolean>`(${column} >= pg_snapshot_xmin(${since}::pg_snapshot)
    and not pg_visible_in_snapshot(${column}, ${since}::pg_snapshot)
    and pg_visible_in_snapshot(${column}, ${until}::pg_snapshot))`
}
