import type { Person, Role } from '@janta/contracts'
import { sql } from 'kysely'
import { type Caller, systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import type { KeptSessions } from './kept-sessions.ts'
import {
  customerDaysMax,
  customerIdleDays,
  drawToken,
  hashToken,
  staffHoursMax,
  staffIdleHours,
} from './session-token.ts'
import { codeTriesMax, hashCode, isSameHash, parseCode } from './sign-in-code.ts'

export interface SignIn {
  codeId: string
  code: string
  secretKey: string
  /** The session this browser held before, if any: it ends, so that a planted one is worth nothing. */
  formerToken: string | null
}

/** Told inside the sign-in's own transaction, so that the guest cart comes along or nothing does. */
export type SignedIn = (tx: Tx, caller: Caller, personId: string) => Promise<void>

/**
 * Opens a session for the right code: a new person is made at the first sign-in. Each try is counted before it is
 * compared, in a transaction of its own, so that a refusal cannot undo the count.
 * Refuses `code_wrong`, `code_expired`, `code_used_up`. Returns the token for the cookie and its age in seconds.
 */
export async function signIn(
  { database, sessions }: { database: Database; sessions: KeptSessions },
  caller: Caller,
  request: SignIn,
  signedIn: SignedIn,
): Promise<{ person: Person; token: string; maxAgeSeconds: number }> {
  const mobile = await takeTry(database, request)
  const token = drawToken()
  const { formerToken } = request
  const told = formerToken ? await sessions.forget([hashToken(formerToken)]) : undefined
  const person = await inTransaction(database, caller, async tx => {
    const used = await sql`
      update identity.sign_in_code set used_at = kernel.now()
      where id = ${request.codeId} and used_at is null returning id`.execute(tx)
    if (used.rows.length === 0) throw usedUp()
    const found = await findOrAddPerson(tx, mobile)
    if (formerToken) await endSession(tx, formerToken)
    await told?.(tx)
    await addSession(tx, found, token)
    await signedIn(tx, { ...caller, personId: found.id }, found.id)
    return found
  })
  const isStaff = person.roles.length > 0
  const maxAgeSeconds = isStaff ? staffHoursMax * 3_600 : customerDaysMax * 86_400
  return { person, token, maxAgeSeconds }
}

async function takeTry(database: Database, request: SignIn): Promise<string> {
  const code = parseCode(request.code)
  if (!code) throw wrong()
  const { rows } = await inTransaction(database, systemCaller('sign-in-try'), tx =>
    sql<{ mobile: string; hash: Buffer; tries: number; expired: boolean; used: boolean }>`
      with before as materialized (
        select id, tries from identity.sign_in_code where id = ${request.codeId} for update
      )
      update identity.sign_in_code as code set tries = least(before.tries + 1, ${codeTriesMax})
      from before where code.id = before.id
      returning code.mobile, code.code_hash as hash, before.tries,
        code.expires_at <= kernel.now() as expired, code.used_at is not null as used`.execute(tx),
  )
  const [found] = rows
  if (!found) throw expired()
  if (found.used || found.tries >= codeTriesMax) throw usedUp()
  if (found.expired) throw expired()
  if (!isSameHash(found.hash, hashCode(request.secretKey, request.codeId, code))) throw wrong()
  return found.mobile
}

async function findOrAddPerson(tx: Tx, mobile: string): Promise<Person> {
  await sql`
    insert into identity.person (id, mobile) values (${newId()}, ${mobile})
    on conflict (mobile) do nothing`.execute(tx)
  const { rows } = await sql<{ id: string; mobile: string; name: string | null; roles: Role[] }>`
    select person.id, person.mobile, person.name,
      coalesce(array_agg(role_grant.role order by role_grant.role)
        filter (where role_grant.role is not null), '{}') as roles
    from identity.person
    left join identity.role_grant
      on role_grant.person_id = person.id and role_grant.revoked_at is null
    where person.mobile = ${mobile}
    group by person.id`.execute(tx)
  return rows[0]!
}

async function addSession(tx: Tx, person: Person, token: string): Promise<void> {
  const isStaff = person.roles.length > 0
  const idle = isStaff ? `${staffIdleHours} hours` : `${customerIdleDays} days`
  const most = isStaff ? `${staffHoursMax} hours` : `${customerDaysMax} days`
  await sql`
    insert into identity.session (id, token_hash, person_id, idle_until, ends_at)
    values (${newId()}, ${hashToken(token)}, ${person.id},
      kernel.now() + ${idle}::interval, kernel.now() + ${most}::interval)`.execute(tx)
}

/** Ends the session of this token, if there is one; ending twice is the same as once. */
export async function endSession(tx: Tx, token: string): Promise<void> {
  await sql`
    update identity.session set ended_at = kernel.now()
    where token_hash = ${hashToken(token)} and ended_at is null`.execute(tx)
}

const codeField = (message: string) => ({ fields: [{ field: 'code', message }] })

function wrong(): Refusal {
  const sentence = 'That is not the code we sent. Check the six digits.'
  return new Refusal('code_wrong', sentence, codeField(sentence))
}

function expired(): Refusal {
  const sentence = 'This code has expired. Ask for a new one.'
  return new Refusal('code_expired', sentence, codeField(sentence))
}

function usedUp(): Refusal {
  const sentence = 'This code can no longer be used. Ask for a new one.'
  return new Refusal('code_used_up', sentence, codeField(sentence))
}
