import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { requestSignInCode, secondsToWait } from './request-sign-in-code.ts'
import { loadSamplePeople } from './load-sample-people.ts'
import type { KeptSessions } from './kept-sessions.ts'
import { hashToken } from './session-token.ts'
import { signIn } from './sign-in.ts'

let own: TestDatabase
before(async () => {
  own = await testDatabase()
})
after(() => own.close())

/** No Redis: every session is read from its row. */
const rowsOnly: KeptSessions = { find: async () => undefined, forget: async () => async () => {} }
const secretKey = 'a secret key of this test, longer than needed'
const caller = systemCaller('test')
const nobody = async () => undefined

const ask = (mobile: string, addressHash = Buffer.from(mobile)) =>
  requestSignInCode(own.database, caller, { mobile, addressHash, secretKey })
const enter = (codeId: string, code: string, formerToken: string | null = null) =>
  signIn(
    { database: own.database, sessions: rowsOnly },
    caller,
    { codeId, code, secretKey, formerToken },
    nobody,
  )
const wrongOf = (code: string) => (code === '111111' ? '222222' : '111111')

test('the right code signs a new person in, and the code is good for one use', async () => {
  const asked = await ask('9000000101')
  assert.match(asked.code, /^[0-9]{6}$/)
  const { person, token } = await enter(
    asked.id,
    ` ${asked.code.slice(0, 3)} ${asked.code.slice(3)} `,
  )
  assert.equal(person.mobile, '+919000000101')
  assert.deepEqual(person.roles, [])
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from identity.session where token_hash = ${hashToken(token)}`.execute(
    own.database.db,
  )
  assert.equal(rows[0]?.n, 1)
  await assert.rejects(enter(asked.id, asked.code), { code: 'code_used_up' })
})

test('five wrong tries use a code up, even when the sixth is right', async () => {
  const asked = await ask('9000000102')
  for (let attempt = 1; attempt <= 5; attempt++) {
    await assert.rejects(enter(asked.id, wrongOf(asked.code)), { code: 'code_wrong' })
  }
  await assert.rejects(enter(asked.id, asked.code), { code: 'code_used_up' })
})

test('a hundred guesses at once get no more than five tries', async () => {
  const asked = await ask('9000000103')
  const answers = await Promise.allSettled(
    Array.from({ length: 100 }, () => enter(asked.id, wrongOf(asked.code))),
  )
  const wrong = answers.filter(one => one.status === 'rejected' && one.reason.code === 'code_wrong')
  assert.equal(wrong.length, 5)
})

test('a code asked for on one device opens no request of another', async () => {
  const mine = await ask('9000000104')
  const other = await ask('9000000105')
  if (mine.code !== other.code) {
    await assert.rejects(enter(other.id, mine.code), { code: 'code_wrong' })
  }
  await assert.rejects(enter('00000000-0000-7000-8000-000000000000', mine.code), {
    code: 'code_expired',
  })
})

test('a code is dead after five minutes', async () => {
  const asked = await ask('9000000106')
  await own.moveClock('5 minutes 1 second')
  await assert.rejects(enter(asked.id, asked.code), { code: 'code_expired' })
  await own.moveClock('0')
})

test('a second code within thirty seconds is refused with the seconds to wait', async () => {
  await ask('9000000107')
  await assert.rejects(ask('9000000107'), { code: 'too_many_requests', retryAfterSeconds: 30 })
})

test('twenty requests at once for one number send one code', async () => {
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => ask('9000000108')))
  assert.equal(answers.filter(one => one.status === 'fulfilled').length, 1)
})

test('hour, day and address limits each hold', () => {
  const none = { secondsSinceLast: null, lastHour: 0, lastDay: 0, addressLastHour: 0 }
  assert.equal(secondsToWait(none), 0)
  assert.equal(secondsToWait({ ...none, secondsSinceLast: 29 }), 1)
  assert.equal(secondsToWait({ ...none, secondsSinceLast: 31, lastHour: 5 }), 3_600)
  assert.equal(secondsToWait({ ...none, secondsSinceLast: 9_999, lastDay: 10 }), 86_400)
  assert.equal(secondsToWait({ ...none, addressLastHour: 60 }), 3_600)
})

test('signing in ends the session the browser held before', async () => {
  const first = await ask('9000000109')
  const { token } = await enter(first.id, first.code)
  await own.moveClock('1 minute')
  const second = await ask('9000000109')
  await enter(second.id, second.code, token)
  const { rows } = await sql<{ ended: boolean }>`
    select ended_at is not null as ended from identity.session
    where token_hash = ${hashToken(token)}`.execute(own.database.db)
  assert.deepEqual(rows, [{ ended: true }])
  await own.moveClock('0')
})

test('when the guest cart cannot come along, nobody is signed in and the code is still good', async () => {
  const asked = await ask('9000000110')
  const failing = async () => {
    throw new Error('the cart is stuck')
  }
  await assert.rejects(
    signIn(
      { database: own.database, sessions: rowsOnly },
      caller,
      { codeId: asked.id, code: asked.code, secretKey, formerToken: null },
      failing,
    ),
    /stuck/,
  )
  const { person } = await enter(asked.id, asked.code)
  assert.equal(person.mobile, '+919000000110')
})

test('the sample people are loaded once, however often it is asked', async () => {
  await loadSamplePeople(own.database)
  await loadSamplePeople(own.database)
  const { rows } = await sql<{ people: number; grants: number }>`
    select (select count(*) from identity.person where is_sample)::integer as people,
      (select count(*) from identity.role_grant)::integer as grants`.execute(own.database.db)
  assert.deepEqual(rows, [{ people: 4, grants: 3 }])
  const asked = await ask('9000000002')
  const { person, maxAgeSeconds } = await enter(asked.id, asked.code)
  assert.deepEqual(person.roles, ['pharmacist'])
  assert.equal(maxAgeSeconds, 14 * 3_600)
})
