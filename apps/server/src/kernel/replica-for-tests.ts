import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { bootstrapDatabase } from '@janta/tools/postgres/bootstrap'
import { deleteCluster, type Postgres, startPostgres } from '@janta/tools/postgres/index'
import { jantaDir } from '@janta/tools/project'
import pg from 'pg'

/** A primary and a streaming copy of it, both real, with an empty database of the application's in them. */
export interface ReplicatedDatabase {
  readonly appUrl: string
  readonly replicaUrl: string
  readonly primaryAdminUrl: string
  readonly replicaAdminUrl: string
  stopReplica(): Promise<void>
  startReplica(): Promise<void>
  close(): Promise<void>
}

/**
 * Makes the copy from the files, between `pg_backup_start` and `pg_backup_stop`, as the npm binaries have no
 * pg_basebackup; then it streams like any other.
 */
export async function replicatedDatabase(): Promise<ReplicatedDatabase> {
  const home = path.join(jantaDir, `replica-test-${process.pid}`)
  const [primaryDir, replicaDir] = [path.join(home, 'primary'), path.join(home, 'replica')]
  const primary = await startPostgres({ dir: primaryDir, durable: false })
  const urls = await bootstrapDatabase(primary.adminUrl)
  await copyCluster(primary, primaryDir, replicaDir)
  let replica: Postgres | undefined = await startPostgres({ dir: replicaDir, durable: false })
  const { port, adminUrl } = replica
  const onReplica = (url: string) => Object.assign(new URL(url), { port: String(port) }).href
  return {
    appUrl: urls.DATABASE_URL,
    replicaUrl: onReplica(urls.DATABASE_URL),
    primaryAdminUrl: primary.adminUrl,
    replicaAdminUrl: adminUrl,
    async stopReplica() {
      await replica?.stop()
      replica = undefined
    },
    async startReplica() {
      replica = await startPostgres({ dir: replicaDir, durable: false })
    },
    async close() {
      await replica?.stop()
      await primary.stop()
      await deleteCluster({ dir: replicaDir })
      await deleteCluster({ dir: primaryDir })
      await rm(home, { recursive: true, force: true })
    },
  }
}

async function copyCluster(primary: Postgres, from: string, to: string): Promise<void> {
  const client = new pg.Client({ connectionString: primary.adminUrl })
  await client.connect()
  try {
    await client.query(`select pg_backup_start('copy', true)`)
    await mkdir(to, { recursive: true })
    await writeFile(path.join(to, 'password'), await readFile(path.join(from, 'password')), {
      mode: 0o600,
    })
    const data = path.join(to, 'data')
    await cp(primary.dataDir, data, {
      recursive: true,
      filter: file => !/postmaster\.(pid|opts)$/.test(file),
    })
    const { rows } = await client.query('select labelfile from pg_backup_stop(false)')
    await writeFile(path.join(data, 'backup_label'), rows[0].labelfile)
    await writeFile(path.join(data, 'standby.signal'), '')
    const { username, password, port } = new URL(primary.adminUrl)
    await writeFile(
      path.join(data, 'postgresql.auto.conf'),
      `primary_conninfo = 'host=127.0.0.1 port=${port} user=${username} password=${password}'\n`,
    )
  } finally {
    await client.end()
  }
}
