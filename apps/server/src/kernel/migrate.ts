import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import pg from 'pg'

/** One plain SQL file; `name` is `<schema>/0001-what.sql` and its text never changes once it ran anywhere. */
export interface Migration {
  readonly name: string
  readonly schema: string
  readonly text: string
}

/** Files beside a module's code, in the order of the modules given and of their numbers. */
export function readMigrations(schemas: readonly { schema: string; folder: URL }[]): Migration[] {
  return schemas.flatMap(({ schema, folder }) =>
    globSync('*.sql', { cwd: folder })
      .sort()
      .map(file => ({
        name: `${schema}/${basename(file)}`,
        schema,
        text: readFileSync(new URL(file, folder), 'utf8'),
      })),
  )
}

/** Held while migrations run; a backup shares it, so that no table changes its shape under it. */
export const migrationLock = 7_261_126
const lockTimeout = '5s'

/**
 * Brings the database to this release: every file in its own transaction, its row inserted first, under one
 * advisory lock, so that two starters cannot both run it. Refuses when a file that already ran has changed.
 * `ownerUrl` connects as the role that owns the tables, which is not the one the application uses.
 * Returns the names that ran now.
 */
export async function migrate(
  ownerUrl: string,
  migrations: readonly Migration[],
): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'janta-migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await client.query(`
      create schema if not exists kernel;
      create table if not exists kernel.migration (
        name text primary key, checksum text not null, ran_at timestamptz not null default now()
      )`)
    const ran: string[] = []
    for (const migration of migrations) {
      if (await runOne(client, migration)) ran.push(migration.name)
    }
    return ran
  } finally {
    await client.end()
  }
}

async function runOne(client: pg.Client, migration: Migration): Promise<boolean> {
  const checksum = createHash('sha256').update(migration.text).digest('hex')
  const { rows } = await client.query<{ checksum: string }>(
    'select checksum from kernel.migration where name = $1',
    [migration.name],
  )
  const [before] = rows
  if (before && before.checksum !== checksum) {
    throw new Error(
      `${migration.name} was changed after it ran. Restore it and write a new file instead.`,
    )
  }
  if (before) return false
  await client.query('begin')
  try {
    await client.query(`set local lock_timeout = '${lockTimeout}'`)
    await client.query('insert into kernel.migration (name, checksum) values ($1, $2)', [
      migration.name,
      checksum,
    ])
    await client.query(`create schema if not exists ${client.escapeIdentifier(migration.schema)}`)
    await client.query(migration.text)
    await client.query('commit')
    return true
  } catch (cause) {
    await client.query('rollback')
    throw new Error(
      `${migration.name} failed and left nothing behind: ${(cause as Error).message}`,
      { cause },
    )
  }
}

/** The job tables belong to the application role: the queue is its own, unlike the ledger. */
export async function migrateJobs(ownerUrl: string, appUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    const { rows: named } = await owner.query<{ name: string }>('select current_database() as name')
    const database = owner.escapeIdentifier(named[0]?.name ?? '')
    // The application makes the schema itself, so that it owns it; `create schema if not exists` asks for this
    // right even when the schema is there.
    await owner.query(`grant create on database ${database} to janta_app`)
    try {
      const { runMigrations } = await import('graphile-worker')
      await runMigrations({ connectionString: appUrl })
    } finally {
      await owner.query(`revoke create on database ${database} from janta_app`)
    }
  } finally {
    await owner.end()
  }
}

/** Makes the table of subscriptions equal to what this release's code subscribes to. */
export async function syncSubscriptions(
  ownerUrl: string,
  subscriptions: readonly { event: string; task: string }[],
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const wanted = [subscriptions.map(one => one.event), subscriptions.map(one => one.task)]
    await client.query('begin')
    await client.query(
      `delete from kernel.subscription where (event, task) not in
       (select event, task from unnest($1::text[], $2::text[]) as wanted (event, task))`,
      wanted,
    )
    await client.query(
      `insert into kernel.subscription (event, task)
       select event, task from unnest($1::text[], $2::text[]) as wanted (event, task)
       on conflict do nothing`,
      wanted,
    )
    await client.query('commit')
  } finally {
    await client.end()
  }
}
