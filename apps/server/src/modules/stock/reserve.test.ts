import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testDatabase, type TestDatabase } from '#kernel/testing'
import { sql } from 'kysely'
let t: TestDatabase
before(async () => {
  t = await testDatabase()
})
after(() => t.close())
test('x', async () => {
  const { rows } = await sql`select * from stock.store`.execute(t.database.db)
  assert.equal(rows.length, 1)
})
