import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from } from 'pg-copy-streams'
import { type Migration, migrate, migrateJobs } from '#kernel/migrate'
import { copyText, migrationState } from './back-up.ts'
import { type Addresses, type Ends, openEnds } from './ends.ts'
import { type Manifest, readManifest, type TableBackup } from './manifest.ts'
import { readParts } from './parts.ts'
import type { Place } from './place.ts'
import { nameOf, type Sequence } from './tables.ts'

export interface RestoreOptions extends Addresses {
  readonly place: Place
  /** This release's; those of the backup must be among them, unchanged. */
  readonly migrations: readonly Migration[]
  readonly say: (line: string) => void
}

/**
 * Fills an empty database with a backup: the backup's own migrations, then its rows, with triggers
 * off and foreign keys away in one transaction of each owning role, then both back. Refuses a
 * database that holds a pharmacy already. Newer migrations are left to `migrate`.
 */
export async function restore(options: RestoreOptions): Promise<Manifest> {
  const { place, say } = options
  const manifest = await readManifest(place)
  await refuseInhabited(options.ownerUrl)
  await migrate(options.ownerUrl, migrationsOf(manifest, options.migrations))
  await migrateJobs(options.ownerUrl, options.appUrl)
  const ends = await openEnds(options)
  try {
    const { jobsMigration } = await migrationState(ends)
    if (jobsMigration !== manifest.jobsMigration) {
      throw new Error(`The backup is of release ${manifest.release}: restore it with that release.`)
    }
    for (const client of [ends.owner, ends.app]) {
      await client.query('begin')
      const own = manifest.tables.filter(table => ends.of(table) === client)
      await refill(client, own, place)
    }
    for (const sequence of manifest.sequences) await resume(ends, sequence)
    await ends.owner.query('commit')
    await ends.app.query('commit')
    for (const client of [ends.owner, ends.app]) await client.query('analyze')
  } finally {
    await ends.close()
  }
  say(`Restored ${manifest.tables.length} tables as of ${manifest.at}.`)
  return manifest
}

async function refuseInhabited(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ table: string | null }>(
      `select to_regclass('kernel.migration')::text as table`,
    )
    if (rows[0]?.table) {
      throw new Error('This database holds a pharmacy already. Restore into an empty one.')
    }
  } finally {
    await client.end()
  }
}

function migrationsOf(manifest: Manifest, known: readonly Migration[]): Migration[] {
  const wanted = new Set(manifest.migrations.map(one => one.name))
  const found = known.filter(one => wanted.has(one.name))
  if (found.length !== wanted.size) {
    throw new Error(`The backup is of release ${manifest.release}: restore it with that release.`)
  }
  return found
}

const quoted = (table: { schema: string; name: string }) =>
  `${pg.escapeIdentifier(table.schema)}.${pg.escapeIdentifier(table.name)}`

/**
 * Migrations wrote rows of their own (rules of law, for instance), so tables are emptied first. The
 * triggers that refuse changes and move balances are off: the rows already went through them once.
 * Keys are dropped and made again, which checks all rows at once, in any order, circles included.
 */
async function refill(client: pg.Client, tables: readonly TableBackup[], place: Place) {
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and conrelid = any($1::regclass[]) order by 1, 2`,
    [tables.map(quoted)],
  )
  for (const key of keys) {
    await client.query(`alter table ${key.table} drop constraint ${pg.escapeIdentifier(key.name)}`)
  }
  for (const table of tables)
    await client.query(`alter table ${quoted(table)} disable trigger user`)
  await client.query(`truncate ${tables.map(quoted).join(', ')}`)
  for (const table of tables) {
    const rows = Readable.from(readParts(place, `tables/${nameOf(table)}`, table.parts))
    await pipeline(rows, client.query(from(copyText(table, 'from stdin'))))
  }
  for (const table of tables) await client.query(`alter table ${quoted(table)} enable trigger user`)
  for (const { table, name, definition } of keys) {
    await client.query(
      `alter table ${table} add constraint ${pg.escapeIdentifier(name)} ${definition}`,
    )
  }
}

/** Numbers go on where they were: an invoice number must never be given twice. */
async function resume(ends: Ends, sequence: Sequence): Promise<void> {
  const client = ends.of(sequence)
  if (sequence.last === null) await client.query(`alter sequence ${quoted(sequence)} restart`)
  else await client.query('select setval($1::regclass, $2)', [quoted(sequence), sequence.last])
}

/** Jobs that were in hand at the instant of the backup belong to workers that are no more. */
export async function releaseJobs(appUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: appUrl })
  await client.connect()
  try {
    await client.query(
      'update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null',
    )
    const { rowCount } = await client.query(
      'update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at is not null',
    )
    return rowCount ?? 0
  } finally {
    await client.end()
  }
}
