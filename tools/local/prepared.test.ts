import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { findPrepared, preparationDigest, rememberPrepared } from './prepared.ts'

const home = mkdtempSync(path.join(os.tmpdir(), 'janta-prepared-'))
after(() => rmSync(home, { recursive: true, force: true }))

test('a database is prepared once by one server; another database or server prepares again', () => {
  assert.equal(findPrepared(home, '7/16384', 'abc'), undefined, 'nothing was prepared yet')
  rememberPrepared(home, { database: '7/16384', digest: 'abc', sample: '{"logins":[]}' })
  assert.equal(findPrepared(home, '7/16384', 'abc'), '{"logins":[]}')
  assert.equal(findPrepared(home, '7/16385', 'abc'), undefined, 'the database was made anew')
  assert.equal(findPrepared(home, '7/16384', 'abd'), undefined, 'the server changed')
})

test('a stamp cut short by a crash means preparing again', () => {
  writeFileSync(path.join(home, 'prepared.json'), '{"database":"7/1')
  assert.equal(findPrepared(home, '7/16384', 'abc'), undefined)
})

test('the fingerprint reads the server’s sources', () => {
  assert.match(preparationDigest(), /^[0-9a-f]{64}$/)
  assert.equal(preparationDigest(), preparationDigest())
})
