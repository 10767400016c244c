import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction, type Tx } from '#kernel/transaction'
import { entryHash, firstHash } from './entry-hash.ts'

export const entriesPerBlockMax = 10_000
const blocksPerRunMax = 100
const looksMax = 20
const betweenLooksMs = 250
/** Any number, the same in every process: only one seals at a time. */
const sealLock = 4_721_090_115

/**
 * Seals every entry that is certainly complete and returns how many. Positions are given before a transaction commits, so
 * it notes the last one given, waits until every transaction of that moment is over, and seals up to there; what is
 * still open after some seconds waits for the next run. Nobody who writes an entry ever waits for this.
 */
export async function sealEntries(database: Database): Promise<number> {
  const until = await findComplete(database)
  if (until === undefined) return 0
  let sealed = 0
  for (let block = 1; block <= blocksPerRunMax; block++) {
    const entries = await inTransaction(database, systemCaller('seal-audit'), tx =>
      sealBlock(tx, until),
    )
    sealed += entries
    if (entries < entriesPerBlockMax) break
  }
  return sealed
}

async function findComplete({ db }: Database): Promise<string | undefined> {
  const { rows } = await sql<{ position: string; xid: string }>`
    select last_value::text as position, pg_current_xact_id()::text as xid
    from audit.entry_position_seq`.execute(db)
  const [now] = rows
  if (!now) return undefined
  for (let look = 1; look <= looksMax; look++) {
    const { rows: seen } = await sql<{ over: boolean }>`
      select pg_snapshot_xmin(pg_current_snapshot()) > ${now.xid}::xid8 as over`.execute(db)
    if (seen[0]?.over) return now.position
    await pause(betweenLooksMs)
  }
  return undefined
}

async function sealBlock(tx: Tx, until: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(${sealLock})`.execute(tx)
  const { rows } = await sql<{ entries: number }>`
    with previous as (
      select number, last_position, hash from audit.block order by number desc limit 1
    ), taken as (
      select entry.position, ${entryHash} as hash from audit.entry
      where entry.position > coalesce((select last_position from previous), 0)
        and entry.position <= ${until}::bigint
      order by entry.position limit ${entriesPerBlockMax}
    ), gathered as (
      select coalesce((select number from previous), 0) + 1 as number,
        min(position) as first_position, max(position) as last_position,
        count(*)::integer as entries, string_agg(hash, ''::bytea order by position) as hashes,
        coalesce((select hash from previous), ${firstHash}) as previous_hash
      from taken
    )
    insert into audit.block
      (number, first_position, last_position, entries, entry_hashes, previous_hash, hash)
    select number, first_position, last_position, entries, hashes, previous_hash,
      sha256(previous_hash || convert_to(
        concat_ws(' ', number, first_position, last_position, entries), 'UTF8') || hashes)
    from gathered where entries > 0
    returning entries`.execute(tx)
  return rows[0]?.entries ?? 0
}
