import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { migrate } from '#kernel/migrate'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { allMigrations } from '../migrations.ts'

let own: TestDatabase
before(async () => {
  own = await testDatabase()
})
after(() => own.close())

const migrations = allMigrations()
const extra = (text: string) => ({ name: 'kernel/9999-extra.sql', schema: 'kernel', text })

test('a database that is up to date is left alone', async () => {
  assert.deepEqual(await migrate(own.ownerUrl, migrations), [])
})

test('a file changed after it ran is refused by name', async () => {
  const [first, ...rest] = migrations
  const changed = [{ ...first!, text: `${first!.text}\n-- later` }, ...rest]
  await assert.rejects(migrate(own.ownerUrl, changed), /0001-kernel\.sql was changed after it ran/)
})

test('a file that fails leaves nothing behind, not even its row', async () => {
  const broken = extra('create table kernel.half (id integer); select 1 / 0;')
  await assert.rejects(migrate(own.ownerUrl, [...migrations, broken]), /left nothing behind/)
  const { rows } = await own.database.pool.query(
    `select to_regclass('kernel.half') is null as gone,
      not exists (select from kernel.migration where name = 'kernel/9999-extra.sql') as unmarked`,
  )
  assert.deepEqual(rows, [{ gone: true, unmarked: true }])
})

test('two starters at once run each file once', async () => {
  const once = extra('create table kernel.made_once (id integer)')
  const ran = await Promise.all([
    migrate(own.ownerUrl, [...migrations, once]),
    migrate(own.ownerUrl, [...migrations, once]),
  ])
  assert.deepEqual(ran.flat(), ['kernel/9999-extra.sql'])
})

test('the application cannot migrate: it owns none of the tables', async () => {
  const app = new pg.Client({ connectionString: own.appUrl })
  await app.connect()
  try {
    for (const act of [
      'alter table kernel.event disable trigger all',
      'drop table audit.entry',
      'create table kernel.mine (id integer)',
    ]) {
      await assert.rejects(app.query(act), { code: '42501' }, act)
    }
  } finally {
    await app.end()
  }
})
