import { createHmac } from 'node:crypto'
import type { Role } from '@janta/contracts'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { cookieOf } from '#kernel/serve'
import {
  customerIdleDays,
  hashToken,
  isToken,
  sessionCookie,
  staffIdleHours,
} from './session-token.ts'

export const cartCookie = '__Host-janta-cart'
/** A session's idle time is pushed out at most this often, so that reading stays reading. */
const touchAfterMinutes = 10

interface Found {
  personId: string
  roles: Role[]
  stale: boolean
}

/** Who sends this request, from its cookies; a missing, ended or lapsed session is nobody, never an error. */
export async function findCaller(
  database: Database,
  request: FastifyRequest,
): Promise<Omit<Caller, 'audit'>> {
  const token = cookieOf(request, sessionCookie)
  const cart = cookieOf(request, cartCookie)
  const found = token && isToken(token) ? await findSession(database, token) : undefined
  return {
    personId: found?.personId ?? null,
    roles: found?.roles ?? [],
    requestId: request.id,
    address: request.ip,
    sessionToken: token && isToken(token) ? token : null,
    cartToken: cart && isToken(cart) ? cart : null,
  }
}

async function findSession(database: Database, token: string): Promise<Found | undefined> {
  const hash = hashToken(token)
  const { rows } = await sql<Found>`
    select session.person_id as "personId",
      coalesce((select array_agg(role_grant.role order by role_grant.role) from identity.role_grant
        where role_grant.person_id = session.person_id and role_grant.revoked_at is null), '{}') as roles,
      session.seen_at < kernel.now() - make_interval(mins => ${touchAfterMinutes}) as stale
    from identity.session
    where session.token_hash = ${hash} and session.ended_at is null
      and session.idle_until > kernel.now() and session.ends_at > kernel.now()`.execute(
    database.reads,
  )
  const [found] = rows
  if (found?.stale) await touch(database, hash, found.roles.length > 0)
  return found
}

async function touch(database: Database, hash: Buffer, isStaff: boolean): Promise<void> {
  const idle = isStaff ? `${staffIdleHours} hours` : `${customerIdleDays} days`
  await sql`
    update identity.session set seen_at = kernel.now(),
      idle_until = least(ends_at, kernel.now() + ${idle}::interval)
    where token_hash = ${hash}`.execute(database.reads)
}

/** An HMAC of the network address, to count requests by without keeping the address. */
export function hashAddress(secretKey: string, address: string): Buffer {
  return createHmac('sha256', secretKey).update(`address:${address}`).digest()
}
