import type { Role } from '@janta/contracts'
import { sql } from 'kysely'
import type { Database } from '#kernel/database'
import { customerIdleDays, staffIdleHours } from './session-token.ts'

/** A session's idle time is pushed out at most this often, so that reading stays reading. */
const touchAfterMinutes = 10

export interface FoundSession {
  readonly personId: string
  readonly roles: Role[]
  /** Milliseconds until it lapses by itself, by the database's clock. */
  readonly leftMs: number
}

/** The session of this token's hash, from its row; undefined for one that ended, lapsed or never was. */
export async function findSession(
  database: Database,
  hash: Buffer,
): Promise<FoundSession | undefined> {
  const { rows } = await sql<FoundSession & { stale: boolean }>`
    select session.person_id as "personId",
      coalesce((select array_agg(role_grant.role order by role_grant.role) from identity.role_grant
        where role_grant.person_id = session.person_id and role_grant.revoked_at is null), '{}') as roles,
      (extract(epoch from least(session.idle_until, session.ends_at) - kernel.now()) * 1000)::bigint as "leftMs",
      session.seen_at < kernel.now() - make_interval(mins => ${touchAfterMinutes}) as stale
    from identity.session
    where session.token_hash = ${hash} and session.ended_at is null
      and session.idle_until > kernel.now() and session.ends_at > kernel.now()`.execute(
    database.reads,
  )
  const [found] = rows
  if (!found) return undefined
  const { stale, ...session } = found
  if (stale) await touch(database, hash, session.roles.length > 0)
  return session
}

async function touch(database: Database, hash: Buffer, isStaff: boolean): Promise<void> {
  const idle = isStaff ? `${staffIdleHours} hours` : `${customerIdleDays} days`
  await sql`
    update identity.session set seen_at = kernel.now(),
      idle_until = least(ends_at, kernel.now() + ${idle}::interval)
    where token_hash = ${hash}`.execute(database.reads)
}
