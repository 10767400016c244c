import { sql } from 'kysely'
import type { Database } from '#kernel/database'
import type { Sample } from '#kernel/metrics'

/** At most this many figures of one process and minute; a process gathers some eighty. */
const samplesMax = 2_000

/**
 * Keeps what a process gathered in the last minute, under the database's own minute so that clocks of machines do
 * not matter. The same process and minute again adds nothing: the first writing stands.
 */
export async function recordSamples(
  database: Database,
  process: string,
  samples: readonly Sample[],
): Promise<void> {
  const kept = JSON.stringify(samples.slice(0, samplesMax))
  await sql`
    insert into advisor.sample (minute, process, name, label, count, total, most, spread)
    select date_trunc('minute', kernel.now()), ${process}, name, label, count, total, most, spread
    from jsonb_to_recordset(${kept}::jsonb)
      as one (name text, label text, count bigint, total bigint, most bigint, spread jsonb)
    on conflict do nothing`.execute(database.db)
}
