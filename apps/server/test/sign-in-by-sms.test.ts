import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { openLog } from '#kernel/log'
import { smsOf } from '#kernel/sms-config'
import { openWeb } from '../src/web.ts'
import { smsProvider, type SmsProvider } from './sms-provider-for-tests.ts'
import { Browser, type TestWeb, testWeb } from './web-for-tests.ts'

// In production a code goes to the phone it was asked for and nowhere else: not into the answer, a job or the log.

let web: TestWeb
let provider: SmsProvider
let shop: FastifyInstance
const lines: string[] = []
before(async () => {
  provider = await smsProvider()
  const env = { JANTA_MODE: 'production', PUBLIC_URL: 'https://shop.example.in' }
  web = await testWeb({ env })
  const sms = smsOf(provider.env, 'test', [])
  const log = openLog({ level: 'debug', service: 'test' }, { write: line => void lines.push(line) })
  const { surroundings } = web
  shop = await openWeb({ ...surroundings, config: { ...surroundings.config, sms } }, log)
})
after(async () => {
  await shop.close()
  await web.close()
  await provider.close()
})

let mobiles = 9000000970
const askFor = (browser: Browser, more: { language?: 'hi' } = {}) =>
  browser.send(api.requestSignInCode, { body: { mobile: String(mobiles++), ...more } })
const codeIn = (text: string) => /^\d{6}/.exec(text)?.[0] ?? ''

test('the code goes to the phone alone, binds to our page, and signs in', async () => {
  const browser = new Browser(shop)
  const asked = await askFor(browser)
  assert.equal(asked.statusCode, 201, asked.body)
  assert.equal(asked.json().localCode, undefined)
  const message = provider.delivered.at(-1)!
  assert.equal(message.to, '+919000000970')
  assert.equal(message.reference, asked.json().id)
  const code = codeIn(message.text)
  assert.ok(message.text.endsWith(`\n@shop.example.in #${code}`))
  for (const told of [asked.body, lines.join('')]) assert.ok(!told.includes(code))
  const { rows } = await sql`
    select id from kernel.event where payload::text like '%' || ${code}::text || '%'`.execute(
    web.own.database.db,
  )
  assert.deepEqual(rows, [])
  const { id: codeId } = asked.json()
  const signedIn = await browser.send(api.createSession, { body: { codeId, code } })
  assert.equal(signedIn.statusCode, 201, signedIn.body)
})

test('who reads Hindi gets it in Hindi', async () => {
  await askFor(new Browser(shop), { language: 'hi' })
  assert.match(provider.delivered.at(-1)!.text, /^\d{6} जनता फ़ार्मेसी का कोड है/)
})

test('a lost answer is asked for again and sends one message', async () => {
  const sentBefore = provider.delivered.length
  provider.trouble.push('lost')
  const asked = await askFor(new Browser(shop))
  assert.equal(asked.statusCode, 201, asked.body)
  assert.equal(provider.delivered.length, sentBefore + 1)
})

test('a code that cannot be sent is said to be none, with the way out', async () => {
  for (const trouble of [['away', 'away'], ['refused']] as const) {
    provider.trouble.push(...trouble)
    const asked = await askFor(new Browser(shop))
    assert.equal(asked.statusCode, 503)
    assert.equal(asked.json().code, 'code_not_sent')
    assert.match(asked.json().detail, /ask again, or call/)
    assert.equal(asked.headers['retry-after'], '30')
  }
  assert.equal(provider.trouble.length, 0)
})

test('a pharmacy in production without a provider says to telephone and shows no code', async () => {
  const asked = await askFor(new Browser(web.app))
  assert.equal(asked.statusCode, 503)
  assert.equal(asked.json().code, 'code_not_sent')
  assert.equal(asked.json().localCode, undefined)
})
