import assert from 'node:assert/strict'
import { test } from 'node:test'
import { adviceFor, whyNotStarted } from './explain.ts'

test("PostgreSQL's own words are understood", () => {
  const said: [string, string][] = [
    ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'port_taken'],
    ['FATAL:  could not write to file "pg_wal/xlogtemp.7": No space left on device', 'disk_full'],
    ['FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use', 'still_leaving'],
    ['FATAL:  database files are incompatible with server', 'other_version'],
    ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', 'no_memory'],
    ['PANIC:  something never seen', 'unknown'],
  ]
  for (const [words, why] of said) assert.equal(whyNotStarted(words), why)
})

test('a full disk is told with what is safe and what to do; the unknown with its last words', () => {
  assert.match(adviceFor('disk_full', '/data', ''), /Make room .* still there/)
  assert.match(adviceFor('unknown', '/data', 'PANIC: something\n'), /PANIC: something$/)
})
