import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { SharedAnswers } from '#kernel/cache'
import { type Caller, systemCaller } from '#kernel/caller'
import { loadConfig } from '#kernel/config'
import { newId } from '#kernel/id'
import { openRedis } from '#kernel/redis'
import { startRedis, type TestRedis } from '#kernel/redis-for-tests'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { changeRoles } from './change-roles.ts'
import { type KeptSessions, openKeptSessions } from './kept-sessions.ts'
import { drawToken, hashToken } from './session-token.ts'
import { signOut } from './sign-out.ts'

let own: TestDatabase
let redis: TestRedis
let shared: SharedAnswers[]
/** Two tasks that share Redis, and one that cannot reach it. */
let here: KeptSessions
let there: KeptSessions
let cutOff: KeptSessions
const caller: Caller = systemCaller('test')

before(async () => {
  own = await testDatabase()
  redis = await startRedis()
  const deadUrl = 'redis://127.0.0.1:9'
  shared = [redis.url, redis.url, deadUrl].map(url => openRedis(url, () => undefined))
  const config = loadConfig({
    JANTA_MODE: 'test',
    PUBLIC_URL: 'http://localhost',
    DATABASE_URL: own.appUrl,
    S3_BUCKET: 'none',
    SECRET_KEY: 'the secret key of this test, long enough',
  })
  const open = (answers: SharedAnswers | undefined) =>
    openKeptSessions({ config, database: own.database, shared: answers })
  here = open(shared[0])
  there = open(shared[1])
  cutOff = open(shared[2])
  for (const answers of shared.slice(0, 2)) await answered(answers)
})
after(async () => {
  for (const answers of shared) await answers.close()
  await redis.stop()
  await own.close()
})

async function answered(answers: SharedAnswers): Promise<void> {
  for (let tries = 1; tries <= 200; tries++) {
    if (await answers.set('hello', 'you', 1_000)) return
    await pause(25)
  }
  throw new Error('Redis was never reached')
}
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

let mobiles = 0
/** A signed-in administrator whose session both tasks keep. */
async function signedIn() {
  const [personId, token] = [newId(), drawToken()]
  const hash = hashToken(token)
  const mobile = `+9190000${String(++mobiles).padStart(5, '0')}`
  await sql`insert into identity.person (id, mobile) values (${personId}, ${mobile})`.execute(
    own.database.db,
  )
  await sql`insert into identity.role_grant (id, person_id, role)
    values (${newId()}, ${personId}, 'administrator')`.execute(own.database.db)
  await sql`insert into identity.session (id, token_hash, person_id, idle_until, ends_at)
    values (${newId()}, ${hash}, ${personId}, kernel.now() + interval '1 hour', kernel.now() + interval '2 hours')`.execute(
    own.database.db,
  )
  return { personId, token, hash }
}

/** True once the row is no longer what a task answers from: it was changed by hand, and nobody was told. */
async function isKept(sessions: KeptSessions, hash: Buffer): Promise<boolean> {
  await sessions.find(hash)
  await sql`update identity.session set ended_at = kernel.now() where token_hash = ${hash}`.execute(
    own.database.db,
  )
  const found = await sessions.find(hash)
  await sql`update identity.session set ended_at = null where token_hash = ${hash}`.execute(
    own.database.db,
  )
  return found !== undefined
}

/** Redis may miss its few milliseconds on a busy machine and is then left out; so the keeping is asked for again. */
async function keptBy(sessions: KeptSessions, hash: Buffer): Promise<void> {
  for (let tries = 1; tries <= 20; tries++) {
    if (await isKept(sessions, hash)) return
    await pause(100)
  }
  throw new Error('the session is never kept')
}

test('a session is read from its row once and answered from Redis after, on every task', async () => {
  const { hash, personId } = await signedIn()
  await keptBy(here, hash)
  await keptBy(there, hash)
  const found = await there.find(hash)
  assert.equal(found?.personId, personId)
  assert.deepEqual(found?.roles, ['administrator'])
  assert.ok(found.leftMs > 3_500_000 && found.leftMs <= 3_600_000, String(found.leftMs))
})

test('a sign-out is true on every task when it is answered', async () => {
  const { hash, token } = await signedIn()
  await keptBy(here, hash)
  await keptBy(there, hash)
  await signOut({ database: own.database, sessions: here }, caller, token)
  assert.equal(await there.find(hash), undefined)
  assert.equal(await here.find(hash), undefined)
})

test('a role that was taken is taken on every task, though the person stays signed in', async () => {
  const { hash, personId } = await signedIn()
  await keptBy(there, hash)
  await changeRoles({ database: own.database, sessions: here }, caller, {
    personId,
    roles: ['stock_keeper'],
  })
  assert.deepEqual((await there.find(hash))?.roles, ['stock_keeper'])
  const { rows } = await sql<{ role: string; gone: boolean }>`
    select role, revoked_at is not null as gone from identity.role_grant
    where person_id = ${personId} order by role`.execute(own.database.db)
  assert.deepEqual(rows, [
    { role: 'administrator', gone: true },
    { role: 'stock_keeper', gone: false },
  ])
})

test('a sign-out by a task that cannot reach Redis is believed by those that can, within the second', async () => {
  const { hash, token } = await signedIn()
  await keptBy(there, hash)
  await signOut({ database: own.database, sessions: cutOff }, caller, token)
  assert.equal(await cutOff.find(hash), undefined)
  await pause(1_050)
  assert.equal(await there.find(hash), undefined)
})

test('a change that was rolled back is no change', async () => {
  const { hash } = await signedIn()
  await here.forget([hash])
  assert.ok(await there.find(hash), 'the row says that it lives')
})

test('a reader who is late cannot bring an ended session back', async () => {
  const { hash, token } = await signedIn()
  const [answers] = shared
  assert.ok(answers)
  await keptBy(here, hash)
  const key = await keptKey(hash)
  const kept = await answers.get(key)
  assert.ok(kept)
  await signOut({ database: own.database, sessions: here }, caller, token)
  await answers.set(key, kept, 60_000)
  assert.equal(await there.find(hash), undefined)
})

test('what a stranger writes into Redis signs nobody in and gives nobody a role', async () => {
  const [answers] = shared
  assert.ok(answers)
  const { hash, personId } = await signedIn()
  await keptBy(here, hash)
  const key = await keptKey(hash)
  const kept = (await answers.get(key)) ?? ''
  for (const forged of [
    kept.replace('administrator', 'pharmacist'),
    `x ${JSON.stringify([personId, ['pharmacist'], Date.now() + 1e9])}`,
    'not even a session',
    '',
  ]) {
    await answers.set(key, forged, 60_000)
    assert.deepEqual((await there.find(hash))?.roles, ['administrator'])
  }
  const other = await signedIn()
  await answers.set(await keptKey(other.hash), kept, 60_000)
  assert.equal((await there.find(other.hash))?.personId, other.personId, 'a session is no other’s')
})

async function keptKey(hash: Buffer): Promise<string> {
  const { rows } = await sql<{ number: string }>`
    select number::text as number from identity.session_change`.execute(own.database.db)
  return `janta:session:${rows[0]?.number}:${hash.toString('base64url')}`
}
