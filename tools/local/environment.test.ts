import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readGiven, serverEnvironment } from './environment.ts'
import { loginsIn } from './welcome.ts'

const database = { DATABASE_URL: 'postgres://app', DATABASE_OWNER_URL: 'postgres://owner' }

test('a database and a storage given from outside are used, half of one is refused', () => {
  assert.deepEqual(readGiven({}), { database: false, storage: false, gateway: false })
  assert.deepEqual(readGiven(database), { database: true, storage: false, gateway: false })
  assert.throws(
    () => readGiven({ DATABASE_URL: 'postgres://app' }),
    /DATABASE_OWNER_URL must be set/,
  )
  assert.throws(() => readGiven({ S3_ENDPOINT: 'http://s3' }), /S3_BUCKET and .* must be set/)
  assert.throws(
    () => readGiven({ GATEWAY_KEY_ID: 'rzp_1' }),
    /GATEWAY_KEY_SECRET and .* must be set/,
  )
  assert.throws(() => readGiven({ JANTA_MODE: 'production' }), /refuses to run in production mode/)
})

test('the server gets our settings, and keeps what the person set', () => {
  const secrets = {
    s3AccessKeyId: 'id',
    s3SecretAccessKey: 'secret',
    secretKey: 'key',
    gatewayKeyId: 'rzp_local',
    gatewayKeySecret: 'gateway secret',
    gatewayWebhookSecret: 'webhook secret',
  }
  const common = { database, secrets, publicUrl: 'http://localhost:4300', port: 4310 }
  const own = serverEnvironment({
    ...common,
    env: {},
    storageUrl: 'http://127.0.0.1:4330',
    gatewayPort: 4350,
  })
  assert.equal(own['GATEWAY_URL'], 'http://127.0.0.1:4350/v1')
  assert.equal(own['GATEWAY_WEBHOOK_SECRET'], 'webhook secret')
  assert.equal(own['S3_ENDPOINT'], 'http://127.0.0.1:4330')
  assert.equal(own['S3_SECRET_ACCESS_KEY'], 'secret')
  assert.equal(own['JANTA_MODE'], 'local')
  assert.equal(own['PORT'], '4310')
  const env = {
    GATEWAY_KEY_ID: 'rzp_live',
    S3_ENDPOINT: 'http://s3',
    S3_REGION: 'eu-west-1',
    SECRET_KEY: 'theirs',
  }
  const theirs = serverEnvironment({
    ...common,
    env,
    storageUrl: undefined,
    gatewayPort: undefined,
  })
  assert.equal(theirs['GATEWAY_KEY_ID'], 'rzp_live')
  assert.equal(theirs['GATEWAY_URL'], undefined)
  assert.equal(theirs['S3_ENDPOINT'], 'http://s3')
  assert.equal(theirs['S3_REGION'], 'eu-west-1')
  assert.equal(theirs['SECRET_KEY'], 'theirs')
})

test('the people of the sample are printed row by row, and other words are no people', () => {
  const sample = JSON.stringify({
    logins: [{ role: 'pharmacist', name: 'R. Sample', at: ['a', 'b'] }],
  })
  assert.deepEqual(loginsIn(sample), [['pharmacist', 'R. Sample', 'a, b']])
  assert.deepEqual(loginsIn('The sample is ready.'), [])
  assert.deepEqual(loginsIn('{"people":1}'), [])
})
