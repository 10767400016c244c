import assert from 'node:assert/strict'
import { test } from 'node:test'
import { originOf } from './origin.ts'

test('the configured address wins over every header', () => {
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example' }
  assert.equal(originOf(headers, 'https://shop.example/').origin, 'https://shop.example')
})

test('without one, the front door says where the customer is', () => {
  const headers = {
    host: '127.0.0.1:4001',
    'x-forwarded-host': 'localhost:8080',
    'x-forwarded-proto': 'http',
  }
  assert.equal(originOf(headers, undefined).origin, 'http://localhost:8080')
})

test('opened directly, the shop is where its Host header says, over http', () => {
  assert.equal(originOf({ host: 'localhost:3000' }, undefined).origin, 'http://localhost:3000')
})

test('behind two proxies the first one counts', () => {
  const headers = { host: 'x', 'x-forwarded-proto': 'https,http', 'x-forwarded-host': 'a.in, b' }
  assert.equal(originOf(headers, undefined).origin, 'https://a.in')
})

test('a Host header that is no address does not stop the shop', () => {
  assert.equal(originOf({ host: 'no good host' }, undefined).origin, 'http://localhost')
})
