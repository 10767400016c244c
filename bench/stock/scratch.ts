import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import { bootstrapDatabase, urlFor, urlOf } from '@janta/tools/postgres/bootstrap'
import { startPostgres } from '@janta/tools/postgres/index'
import { sql } from 'kysely'
import pg from 'pg'
import { type Database, openDatabase } from '../../apps/server/src/kernel/database.ts'
import { migrate, migrateJobs } from '../../apps/server/src/kernel/migrate.ts'
import { allMigrations } from '../../apps/server/src/migrations.ts'

export interface Scratch {
  readonly database: Database
  /** A connection as the owner of the tables, for filling them and for what only the server knows. */
  readonly owner: pg.Client
  /** What it was measured on, in one line. */
  readonly machine: string
  close(): Promise<void>
}

/** A migrated database in a durable PostgreSQL of its own: what the tests share writes nothing through to the disk. */
export async function openScratch({ poolMax }: { poolMax: number }): Promise<Scratch> {
  const folder = await mkdtemp(path.join(tmpdir(), 'janta-bench-stock-'))
  const postgres = await startPostgres({ dir: path.join(folder, 'postgres'), durable: true })
  const giveBack = async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await bootstrapDatabase(postgres.adminUrl, 'bench')
    await watchStatements(urlOf(postgres.adminUrl, 'bench'))
    const ownerUrl = urlFor(postgres.adminUrl, 'janta_owner', 'bench')
    const appUrl = urlFor(postgres.adminUrl, 'janta_app', 'bench')
    await migrate(ownerUrl, allMigrations())
    await migrateJobs(ownerUrl, appUrl)
    const owner = new pg.Client({ connectionString: ownerUrl })
    await owner.connect()
    const database = openDatabase({ url: appUrl, poolMax, readConnections: 2 })
    return {
      database,
      owner,
      machine: await machineOf(database, poolMax),
      async close() {
        await database.close()
        await owner.end()
        await giveBack()
      },
    }
  } catch (error) {
    await giveBack()
    throw error
  }
}

/** Lets the owner read what each statement cost. */
async function watchStatements(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query('create extension if not exists pg_stat_statements')
  await admin.query('grant pg_read_all_stats to janta_owner')
  await admin.query('grant execute on function pg_stat_statements_reset to janta_owner')

  await admin.end()
}

async function machineOf(database: Database, poolMax: number): Promise<string> {
  const { rows } = await sql<{ version: string; fsync: string; buffers: string }>`
    select current_setting('server_version') as version, current_setting('fsync') as fsync,
      current_setting('shared_buffers') as buffers`.execute(database.db)
  const { version, fsync, buffers } = rows[0]!
  const processors = cpus()
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  return (
    `${processors.length} x ${processors[0]?.model ?? 'processor'}, ${gigabytes} GB, load ${loadavg()[0]?.toFixed(1)} ` +
    `at the start; PostgreSQL ${version} on the same machine and its local disk, fsync ${fsync}, ` +
    `shared_buffers ${buffers}, pool of ${poolMax}`
  )
}
