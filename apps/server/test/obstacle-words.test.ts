import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { issueObstacles } from '../src/modules/stock/issuable.ts'

const words = path.join(import.meta.dirname, '../../counter/src/lib/messages/hi/obstacles.ts')

test('every reason why a batch may not be issued is said in Hindi at the desk, and none that is no reason', () => {
  const said = [...readFileSync(words, 'utf8').matchAll(/^ {2}(\w+): '/gm)].map(match => match[1])
  assert.deepEqual(new Set<unknown>(said), new Set(issueObstacles))
})
