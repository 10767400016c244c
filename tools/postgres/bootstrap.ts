import { createHash } from 'node:crypto'
import pg from 'pg'

/** The two addresses the server knows. Both hold a password: never print them. */
export interface DatabaseUrls {
  /** For the running application, which owns no table. */
  DATABASE_URL: string
  /** For migrations. */
  DATABASE_OWNER_URL: string
}

// On RDS the master user creates these before the first migration; the owner is not allowed to.
const extensions = ['btree_gist', 'pg_trgm', 'pgcrypto', 'unaccent']
const bootstrapLock = 4_173_001

/**
 * Makes the roles, the database and its extensions where they are missing; running it again, or
 * from several processes at once, changes nothing. The passwords follow from the administrator's,
 * so nothing has to be remembered.
 */
export async function bootstrapDatabase(
  adminUrl: string,
  database = 'janta',
): Promise<DatabaseUrls> {
  const urls = {
    DATABASE_URL: urlFor(adminUrl, 'janta_app', database),
    DATABASE_OWNER_URL: urlFor(adminUrl, 'janta_owner', database),
  }
  await withClient(adminUrl, async client => {
    await client.query('select pg_advisory_lock($1)', [bootstrapLock])
    await makeRole(client, 'janta_owner', passwordFor(adminUrl, 'janta_owner'))
    await makeRole(client, 'janta_app', passwordFor(adminUrl, 'janta_app'))
    await makeDatabase(client, database)
  })
  await withClient(urlOf(adminUrl, database), async client => {
    await client.query('select pg_advisory_lock($1)', [bootstrapLock])
    for (const extension of extensions) {
      await client.query(`create extension if not exists ${pg.escapeIdentifier(extension)}`)
    }
  })
  return urls
}

/** Names this very database of this very cluster: another answer after either was made anew. */
export async function databaseIdentity(adminUrl: string, database = 'janta'): Promise<string> {
  let identity = ''
  await withClient(adminUrl, async client => {
    const { rows } = await client.query<{ identity: string }>(
      `select system_identifier || '/' || oid as identity
       from pg_control_system(), pg_database where datname = $1`,
      [database],
    )
    identity = rows[0]?.identity ?? ''
  })
  if (identity === '') throw new Error(`There is no database ${database} in this cluster.`)
  return identity
}

/** The address of another database of the same cluster, for the same person. */
export function urlOf(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

/** The address of `database` for `role`, one of the two roles this file makes. */
export function urlFor(adminUrl: string, role: 'janta_app' | 'janta_owner', database: string) {
  const url = new URL(urlOf(adminUrl, database))
  url.username = role
  url.password = passwordFor(adminUrl, role)
  return url.href
}

function passwordFor(adminUrl: string, role: string): string {
  const { password } = new URL(adminUrl)
  return createHash('sha256').update(`${password} ${role}`).digest('hex').slice(0, 48)
}

async function makeRole(client: pg.Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role])
  const verb = rowCount === 0 ? 'create' : 'alter'
  await client.query(
    `${verb} role ${pg.escapeIdentifier(role)} login nosuperuser nocreatedb nocreaterole password ${pg.escapeLiteral(password)}`,
  )
}

async function makeDatabase(client: pg.Client, database: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [
    database,
  ])
  const name = pg.escapeIdentifier(database)
  if (rowCount === 0) await client.query(`create database ${name} owner janta_owner`)
  // Nobody but the two roles may even connect, and temporary tables are theirs alone.
  await client.query(`revoke all on database ${name} from public`)
  await client.query(`grant connect, temporary on database ${name} to janta_app`)
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
