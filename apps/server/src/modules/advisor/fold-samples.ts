import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'

/** Minutes are kept for looking at today's trouble, hours for advice. */
const minuteDays = 2
const hourDays = 28

/**
 * Folds finished hours of minutes into one row a service, and forgets what is past keeping. Doing it twice, or a day
 * late, gives the same rows: an hour is counted again from its minutes as long as they are there.
 */
export async function foldSamples(database: Database): Promise<void> {
  await inTransaction(database, systemCaller('advisor.fold_samples'), async tx => {
    await sql`
      with finished as (
        select date_trunc('hour', minute, 'UTC') as hour, split_part(process, '-', 1) as service,
          name, label, count, total, most, spread
        from advisor.sample
        where minute < date_trunc('hour', kernel.now(), 'UTC')
          and minute >= date_trunc('hour', kernel.now(), 'UTC') - make_interval(days => ${minuteDays})
      ), counted as (
        select hour, service, name, label, bucket.key as bucket, sum(bucket.value::bigint) as n
        from finished cross join lateral jsonb_each_text(spread) as bucket
        group by hour, service, name, label, bucket.key
      ), spread_out as (
        select hour, service, name, label, jsonb_object_agg(bucket, n) as spread
        from counted group by hour, service, name, label
      )
      insert into advisor.hour (hour, service, name, label, count, total, most, spread)
      select finished.hour, finished.service, finished.name, finished.label, sum(finished.count),
        sum(finished.total), max(finished.most), coalesce(spread_out.spread, '{}')
      from finished left join spread_out using (hour, service, name, label)
      group by finished.hour, finished.service, finished.name, finished.label, spread_out.spread
      on conflict (hour, service, name, label) do update
        set count = excluded.count, total = excluded.total, most = excluded.most, spread = excluded.spread`.execute(
      tx,
    )
    // Only minutes whose hour is whole within the folded ones go, or the next folding would lessen their hour.
    await sql`
      delete from advisor.sample
      where minute < date_trunc('hour', kernel.now(), 'UTC') - make_interval(days => ${minuteDays})`.execute(
      tx,
    )
    await sql`
      delete from advisor.hour where hour < kernel.now() - make_interval(days => ${hourDays})`.execute(
      tx,
    )
  })
}
