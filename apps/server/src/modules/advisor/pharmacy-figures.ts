import { type Kysely, sql } from 'kysely'
import type { Database } from '#kernel/database'
import { findQueueState } from '#kernel/jobs-queue'
import { metrics } from '#kernel/metrics'
import type { Measure } from '#kernel/module'

const events = metrics.counter({
  name: 'business.events',
  unit: 'count',
  meaning: 'What happened, by event: orders placed, packed, cancelled, goods received',
  labels: 'open',
})
const ready = metrics.distribution({
  name: 'jobs.ready',
  unit: 'count',
  meaning: 'Jobs that could run now and do not yet',
})
const oldest = metrics.distribution({
  name: 'jobs.oldest_ready',
  unit: 'seconds',
  meaning: 'How long the oldest of them waits',
})
const givenUp = metrics.distribution({
  name: 'jobs.given_up',
  unit: 'count',
  meaning: 'Jobs that failed as often as they may and wait for a person',
})
const sessions = metrics.distribution({
  name: 'database.sessions_active',
  unit: 'count',
  meaning: 'Sessions at work in the database at one moment of the minute',
})
const connections = metrics.distribution({
  name: 'database.connections',
  unit: 'count',
  meaning: 'Connections open to the server, and how many it allows',
  labels: ['open', 'allowed'],
})
const blocks = metrics.counter({
  name: 'database.blocks',
  unit: 'count',
  meaning: 'Blocks found in memory and blocks read from disk',
  labels: ['hit', 'read'],
})

/** What is one for the whole pharmacy and measured once a minute by one worker. */
export const pharmacyMeasures: readonly Measure[] = [
  { everyMinutes: 1, measure: measureEvents },
  { everyMinutes: 1, measure: measureQueue },
  { everyMinutes: 1, measure: measureSessions },
  { everyMinutes: 1, measure: openBlockMeasure() },
]

const eventNamesMax = 200

/** Events of the last whole minute, counted where they were committed: a rolled back order is none. */
async function measureEvents({ reads }: Database): Promise<void> {
  const { rows } = await sql<{ name: string; count: number }>`
    select name, count(*)::integer as count from kernel.event
    where at >= date_trunc('minute', kernel.now()) - interval '1 minute'
      and at < date_trunc('minute', kernel.now())
    group by name order by name limit ${eventNamesMax}`.execute(reads)
  for (const { name, count } of rows) events.add(count, name)
}

async function measureQueue({ reads }: Database): Promise<void> {
  const state = await findQueueState(reads)
  ready.record(state.ready)
  oldest.record(state.oldestSeconds)
  givenUp.record(state.givenUp)
}

async function measureSessions({ reads }: Database): Promise<void> {
  const { rows } = await sql<{ active: number; open: number; allowed: number }>`
    select count(*) filter (where state = 'active' and pid <> pg_backend_pid())::integer as active,
      count(*)::integer as open, current_setting('max_connections')::integer as allowed
    from pg_stat_activity where backend_type = 'client backend' or backend_type is null`.execute(
    reads,
  )
  const [now] = rows
  if (!now) return
  sessions.record(now.active)
  connections.record(now.open, 'open')
  connections.record(now.allowed, 'allowed')
}

/** The server counts blocks since it started; a minute is the difference to the last look of this worker. */
function openBlockMeasure() {
  let before: { hit: number; read: number } | undefined
  return async ({ reads }: { reads: Kysely<unknown> }): Promise<void> => {
    const { rows } = await sql<{ hit: number; read: number }>`
      select blks_hit as hit, blks_read as read from pg_stat_database
      where datname = current_database()`.execute(reads)
    const [now] = rows
    if (before && now && now.hit >= before.hit) {
      blocks.add(now.hit - before.hit, 'hit')
      blocks.add(Math.max(0, now.read - before.read), 'read')
    }
    before = now
  }
}
