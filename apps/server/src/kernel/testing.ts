import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { bootstrapDatabase, urlFor, urlOf } from '@janta/tools/postgres/bootstrap'
import { testPostgres } from '@janta/tools/test-database'
import { sql } from 'kysely'
import pg from 'pg'
import { type Database, openDatabase } from '#kernel/database'
import { newId } from '#kernel/id'
import { migrate, migrateJobs } from '#kernel/migrate'
import { allMigrations } from '../migrations.ts'

/** A database of a test file's own: real PostgreSQL, every migration applied, nothing in it. */
export interface TestDatabase {
  readonly database: Database
  readonly appUrl: string
  readonly ownerUrl: string
  /** Moves `kernel.now()` of this database, e.g. '3 days' or '-10 minutes'; new connections see it at once. */
  moveClock(offset: string): Promise<void>
  /**
   * Closes and drops it; first proves that the ledger and the balances still agree, whatever the tests did.
   */
  close(): Promise<void>
}

const templateLock = 4_173_002

/** What a template holds besides the tables; `key` changes whenever `fill` would write something else. */
export interface Contents {
  readonly key: string
  readonly fill: (database: Database) => Promise<void>
}

/**
 * Clones the migrated template and opens it as the application role. A template is made once per set of
 * migrations, and once more for each kind of contents asked for.
 */
export async function testDatabase(
  options: { poolMax?: number; contents?: Contents } = {},
): Promise<TestDatabase> {
  const { adminUrl } = await testPostgres()
  const template = await ensureTemplate(adminUrl, options.contents)
  const name = `test_${newId().replaceAll('-', '')}`
  await asAdmin(adminUrl, client =>
    client.query(
      `create database ${name} owner janta_owner template ${template} strategy file_copy`,
    ),
  )
  await asAdmin(adminUrl, client =>
    client.query(`grant connect, temporary on database ${name} to janta_app`),
  )
  const appUrl = urlFor(adminUrl, 'janta_app', name)
  const database = openDatabase({
    url: appUrl,
    poolMax: options.poolMax ?? 10,
    readConnections: 1,
  })
  return {
    database,
    appUrl,
    ownerUrl: urlFor(adminUrl, 'janta_owner', name),
    async moveClock(offset) {
      await asAdmin(adminUrl, client =>
        client.query(
          `alter database ${name} set janta.clock_offset = ${client.escapeLiteral(offset)}`,
        ),
      )
      await reconnect(adminUrl, name, database)
    },
    async close() {
      await assertLedgerAgrees(database)
      await database.close()
      await asAdmin(adminUrl, client => client.query(`drop database ${name} with (force)`))
    },
  }
}

// A machine with more to do than processors lets a connection that was ended linger for seconds.
const reconnectMsMax = 60_000
const reconnectPauseMs = 5

/** Ends this database's connections, because a database setting is read when one opens, and waits for new ones. */
async function reconnect(adminUrl: string, name: string, database: Database): Promise<void> {
  const giveUp = performance.now() + reconnectMsMax
  await asAdmin(adminUrl, async client => {
    // Again each time: one that was still opening is not yet named as of this database.
    do {
      await client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
        [name],
      )
      assert(performance.now() < giveUp, 'the pool kept connections that were ended')
      await new Promise(resolve => setTimeout(resolve, reconnectPauseMs))
    } while (database.pool.totalCount > 0)
  })
  await untilAnswered(giveUp, () => sql`select 1`.execute(database.reads))
  await untilAnswered(giveUp, () => database.untilLasting())
}

async function untilAnswered(giveUp: number, ask: () => Promise<unknown>): Promise<void> {
  while (true) {
    const isAnswered = await ask().then(
      () => true,
      () => false,
    )
    if (isAnswered) return
    assert(performance.now() < giveUp, 'a connection that was ended was kept')
    await new Promise(resolve => setTimeout(resolve, reconnectPauseMs))
  }
}

/** The law behind every test: balances are what the movements say, and nothing else ever wrote them. */
export async function assertLedgerAgrees(database: Database): Promise<void> {
  const { rows } = await sql`select * from stock.discrepancy limit 5`.execute(database.db)
  assert.deepEqual(
    rows,
    [],
    'A balance differs from the ledger: something wrote it without a movement.',
  )
}

async function ensureTemplate(adminUrl: string, contents?: Contents): Promise<string> {
  const migrations = allMigrations()
  assert(migrations.length > 0, 'no migration was found')
  const hash = createHash('sha256')
    .update(JSON.stringify([migrations, contents?.key]))
    .digest('hex')
    .slice(0, 16)
  const name = `template_${hash}`
  await asAdmin(adminUrl, async client => {
    // One maker at a time; the rest find it made. A maker that died leaves only the unfinished name.
    await client.query('select pg_advisory_lock($1)', [templateLock])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount) return
    const making = `${name}_making`
    await client.query(`drop database if exists ${making} with (force)`)
    await bootstrapDatabase(adminUrl, making)
    const ownerUrl = urlFor(adminUrl, 'janta_owner', making)
    const appUrl = urlFor(adminUrl, 'janta_app', making)
    await migrate(ownerUrl, migrations)
    await migrateJobs(ownerUrl, appUrl)
    if (contents) await fillTemplate(appUrl, contents)
    await client.query(`alter database ${making} rename to ${name}`)
  })
  return name
}

async function fillTemplate(appUrl: string, contents: Contents): Promise<void> {
  const database = openDatabase({ url: appUrl, poolMax: 2, readConnections: 1 })
  try {
    await contents.fill(database)
  } finally {
    await database.close()
  }
}

async function asAdmin<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: urlOf(adminUrl, 'postgres') })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
