import {
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import pg from 'pg'
import { namingPool, PipelinedReads } from '#kernel/named-statements'

// A calendar date is a text: a batch expires on a day, not at an instant in some time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, text => text)
// Paise and ledger ids fit 2^53 by their CHECK constraints; a larger number is a bug, not a rounding.
pg.types.setTypeParser(pg.types.builtins.INT8, text => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error('a bigint from the database is too large')
  return value
})

/** The two ways to the data: `db` for commands (transactions on a small pool), `reads` for autocommit queries. */
export interface Database {
  readonly db: Kysely<unknown>
  readonly reads: Kysely<unknown>
  readonly pool: pg.Pool
  close(): Promise<void>
}

export interface DatabaseOptions {
  url: string
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
  const pool = new pg.Pool({ ...connection, max: options.poolMax, idleTimeoutMillis: 30_000 })
  pool.on('error', report)
  // A client lent to a transaction that dies between two statements says so on itself, not on the pool; unheard, it
  // would end the process. The transaction's next statement fails and is answered 503.
  pool.on('connect', client => client.on('error', report))
  const driver = new PipelinedReads({
    size: options.readConnections,
    connect: async () => {
      const client = new pg.Client({ ...connection, pipeline: true } as pg.ClientConfig)
      client.on('error', report)
      await client.connect()
      return client
    },
  })
  const readDialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: db => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: namingPool(pool) }) })
  const reads = new Kysely<unknown>({ dialect: readDialect })
  return {
    db,
    reads,
    pool,
    async close() {
      await reads.destroy()
      await db.destroy()
    },
  }
}
