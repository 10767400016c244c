import assert from 'node:assert/strict'
import { test } from 'node:test'
import { moduleSources, readSource } from './source.ts'
import { transactionOffences } from './transactions.ts'

const sources = moduleSources().filter(one => !one.file.endsWith('.test.ts'))

test('law 3: only commands open transactions, and never around the network', () => {
  const opening = sources.filter(one => one.text.includes('inTransaction('))
  assert.ok(opening.length >= 8, `only ${opening.length} commands were seen`)
  assert.deepEqual(transactionOffences(sources), [])
})

test('law 3 bites: a rule that opens one and a command that fetches are found', () => {
  const planted = [
    readSource('stock/expiry.ts', 'export function isExpired() { return inTransaction(db, c, w) }'),
    readSource(
      'stock/issue-stock.ts',
      `import { openStorage } from '#kernel/storage'
       export async function issueStock() { return inTransaction(db, c, w) }`,
    ),
  ]
  assert.equal(transactionOffences(planted).length, 2)
})
