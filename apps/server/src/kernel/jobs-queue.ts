import { type Kysely, sql } from 'kysely'

export interface QueueState {
  /** Jobs that could run now and do not yet. */
  readonly ready: number
  readonly oldestSeconds: number
  /** Jobs that failed as often as they may and wait for a person. */
  readonly givenUp: number
}

const countedMax = 10_000

/** How many jobs wait and for how long; the count stops at ten thousand. Jobs run by the real clock, not the tests'. */
export async function findQueueState(db: Kysely<unknown>): Promise<QueueState> {
  const { rows } = await sql<QueueState>`
    select count(*) filter (where attempts < max_attempts)::integer as ready,
      coalesce(extract(epoch from now() - min(run_at) filter (where attempts < max_attempts)), 0)::integer
        as "oldestSeconds",
      count(*) filter (where attempts >= max_attempts)::integer as "givenUp"
    from (
      select run_at, attempts, max_attempts from graphile_worker.jobs
      where run_at <= now() and locked_at is null
      order by run_at limit ${countedMax}) as waiting`.execute(db)
  return rows[0] ?? { ready: 0, oldestSeconds: 0, givenUp: 0 }
}
