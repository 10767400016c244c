import {
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely'
import pg from 'pg'
import { DiskWaits } from '#kernel/disk-waits'
import { namingPool, PipelinedReads } from '#kernel/named-statements'
import { PublicReads, replicaAnswerMsMax } from '#kernel/public-reads'
import { ReplicaWatch } from '#kernel/replica-watch'

// A calendar date is a text: a batch expires on a day, not at an instant in some time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, text => text)
// Paise and ledger ids fit 2^53 by their CHECK constraints; a larger number is a bug, not a rounding.
pg.types.setTypeParser(pg.types.builtins.INT8, text => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error('a bigint from the database is too large')
  return value
})

/**
 * The ways to the data: `db` for commands (transactions on a small pool), `reads` for autocommit queries, and
 * `publicReads` for what may be some seconds old, answered by the copy where there is one.
 */
export interface Database {
  readonly db: Kysely<unknown>
  readonly reads: Kysely<unknown>
  readonly publicReads: Kysely<unknown>
  readonly pool: pg.Pool
  /** Resolves when everything committed before this call is on the disk (`keepIf`). */
  untilLasting(): Promise<void>
  close(): Promise<void>
}

export interface DatabaseOptions {
  url: string
  /** A streaming copy of the same database, or absent. */
  replicaUrl?: string | undefined
  /** PEM of the authority that signed the server's certificate; present means TLS is required and checked. */
  ca?: string | undefined
  poolMax: number
  readConnections: number
  /** Told of connections that broke while idle, which is not a failure of any request. */
  onIdleError?: (error: Error) => void
}

const connectTimeoutMs = 3_000
const statementTimeoutMs = 15_000
const idleInTransactionTimeoutMs = 10_000

/** Opens lazily: nothing connects until the first statement, so a process can start before its database. */
export function openDatabase(options: DatabaseOptions): Database {
  const connection = {
    connectionString: options.url,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    application_name: 'janta',
    ...(options.ca ? { ssl: { ca: options.ca, rejectUnauthorized: true } } : {}),
  }
  const report = options.onIdleError ?? (() => undefined)
  const pool = new pg.Pool({
    ...connection,
    // The last statement of a transaction and its commit travel together (`keepIf`); one transaction has the connection.
    pipeline: true,
    max: options.poolMax,
    idleTimeoutMillis: 30_000,
  } as pg.PoolConfig)
  pool.on('error', report)
  // A client lent to a transaction that dies between two statements says so on itself, not on the pool; unheard, it
  // would end the process. The transaction's next statement fails and is answered 503.
  pool.on('connect', client => client.on('error', report))
  const readsOf = (more: pg.ClientConfig, size = options.readConnections) =>
    new PipelinedReads({
      size,
      connect: async () => {
        const client = new pg.Client({ ...connection, ...more, pipeline: true } as pg.ClientConfig)
        client.on('error', report)
        await client.connect()
        return client
      },
    })
  const driver = readsOf({})
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: namingPool(pool) }) })
  const reads = new Kysely<unknown>({ dialect: readDialect(driver) })
  const copy = options.replicaUrl
    ? openReplica(
        { driver, reads },
        // A hung copy is noticed by its connection, which is then replaced.
        readsOf({ connectionString: options.replicaUrl, query_timeout: replicaAnswerMsMax }),
      )
    : undefined
  // A connection of its own: among the reads, every read would wait for the disk.
  const log = new Kysely<unknown>({ dialect: readDialect(readsOf({}, 1)) })
  // The smallest commit there is. Commits are written in their order, so with it all earlier ones are on the disk, and on
  // the standby where one must have them.
  const disk = new DiskWaits(() =>
    sql`select pg_logical_emit_message(true, 'janta', '')`.execute(log),
  )
  return {
    db,
    reads,
    untilLasting: () => disk.untilLasting(),
    publicReads: copy?.publicReads ?? reads,
    pool,
    async close() {
      await copy?.close()
      await log.destroy()
      await reads.destroy()
      await db.destroy()
    },
  }
}

function openReplica(primary: { driver: Driver; reads: Kysely<unknown> }, driver: PipelinedReads) {
  const replica = new Kysely<unknown>({ dialect: readDialect(driver) })
  const watch = new ReplicaWatch(primary.reads, replica)
  const publicReads = new Kysely<unknown>({
    dialect: readDialect(new PublicReads(primary.driver, driver, watch)),
  })
  return {
    publicReads,
    async close() {
      watch.stop()
      // A copy that is away must not keep the process from leaving.
      await replica.destroy().catch(() => undefined)
    },
  }
}

function readDialect(driver: Driver): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: db => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}
