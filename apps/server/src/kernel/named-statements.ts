import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { Writable } from 'node:stream'
import type {
  CompiledQuery,
  DatabaseConnection,
  Driver,
  PostgresPool,
  PostgresPoolClient,
  QueryResult,
} from 'kysely'
import type pg from 'pg'
import { timedConnect, timedStatement } from '#kernel/statement-figures'

/**
 * Every statement travels as a named prepared statement: PostgreSQL parses and plans it once per connection.
 * Measured: 2.5 times less database CPU than unnamed (reliability notes, section 1).
 * The name is the hash of the text, so dynamic text would fill the server's memory: write `= any($1)`,
 * never an `in` list whose length varies.
 */
export function statementName(text: string): string {
  let name = names.get(text)
  if (name === undefined) {
    name = createHash('sha1').update(text).digest('base64url')
    if (names.size < namesMax) names.set(text, name)
  }
  return name
}

const names = new Map<string, string>()
const namesMax = 5_000
const inFailedTransaction = '25P02'
const unnameable = /^\s*(begin|commit|rollback|start transaction|savepoint|release)/i

/** A pool whose clients name what they are given; what Kysely's own PostgreSQL driver then uses unchanged. */
export function namingPool(pool: pg.Pool): PostgresPool {
  const wrapped = new WeakMap<object, PostgresPoolClient>()
  return {
    async connect() {
      const client = await timedConnect(() => pool.connect())
      let naming = wrapped.get(client)
      if (!naming) {
        naming = namingClient(client)
        wrapped.set(client, naming)
      }
      return naming
    },
    end: () => pool.end(),
    options: pool.options,
  } as unknown as PostgresPool
}

/** Begins a statement that travels together with its commit: see `keepIf`. */
export const lastMark = '/* with the commit */ '

/** What is written to this stream until the end of this turn of the event loop goes out as one packet. */
function gather(client: pg.Client | pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/** What PostgreSQL would answer, for a transaction that never began. */
const unbegun = (command: 'BEGIN' | 'COMMIT' | 'ROLLBACK'): pg.QueryResult => ({
  command,
  rowCount: null,
  oid: 0,
  fields: [],
  rows: [],
})

/**
 * A `begin` travels with the first statement behind it, and a commit with a last one (`keepIf`): what goes out together is
 * one packet, one waking of the database, and no journey of its own.
 */
function namingClient(client: pg.PoolClient): PostgresPoolClient {
  let isBeginOwed = false
  // The commit that went out behind the last statement, until whoever runs the transaction asks for it.
  let sent: Promise<pg.QueryResult> | undefined
  // What broke the transaction; those sent behind it are told the same, not that they came to nothing because of it.
  let broken: Error | undefined
  const end = async (text: 'commit' | 'rollback'): Promise<pg.QueryResult> => {
    if (isBeginOwed) {
      isBeginOwed = false
      return unbegun(text === 'commit' ? 'COMMIT' : 'ROLLBACK')
    }
    const answer = sent
    sent = undefined
    const ended = await (answer ?? client.query(text))
    // PostgreSQL answers the commit of a failed transaction with ROLLBACK: nothing was kept, and nobody may think so.
    assert(text !== 'commit' || ended.command === 'COMMIT', 'a failed transaction was committed')
    return ended
  }
  const send = (statement: pg.QueryConfig): Promise<pg.QueryResult> => {
    const isFirst = isBeginOwed
    isBeginOwed = false
    gather(client)
    const begun = isFirst ? client.query('begin') : undefined
    const answer = client.query(statement).catch((error: Error & { code?: string }) => {
      broken ??= error
      throw error.code === inFailedTransaction ? broken : error
    })
    if (statement.text.startsWith(lastMark)) {
      sent = client.query('commit')
      // Its failure is told to whoever ends the transaction, which may be some turns from now.
      sent.catch(() => undefined)
    }
    if (!begun) return answer
    answer.catch(() => undefined)
    return begun.then(() => answer)
  }
  return {
    query: (text: string, values: readonly unknown[]) => {
      if (text === 'begin') {
        isBeginOwed = true
        broken = undefined
        return Promise.resolve(unbegun('BEGIN'))
      }
      if (text === 'commit' || text === 'rollback') {
        return timedStatement('write', { name: text, text, values: [] }, () => end(text))
      }
      assert(!sent, 'a statement behind the last one would not be in the transaction')
      const name = statementName(text)
      const statement = { name, text, values: (values ?? []) as unknown[] }
      return timedStatement('write', statement, () =>
        send(unnameable.test(text) ? { text } : statement),
      )
    },
    release: (error?: boolean | Error) => client.release(error),
    get processID() {
      return (client as unknown as { processID?: number }).processID
    },
  } as unknown as PostgresPoolClient
}

/**
 * Autocommit reads over a few shared clients in pipeline mode: many statements in flight on one connection.
 * A transaction would mix with strangers' statements there, so beginning one is a bug.
 */
export class PipelinedReads implements Driver {
  readonly #connect: () => Promise<pg.Client>
  readonly #size: number
  readonly #clients: (Promise<pg.Client> | undefined)[] = []
  #turn = 0

  constructor(options: { size: number; connect: () => Promise<pg.Client> }) {
    this.#connect = options.connect
    this.#size = options.size
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const slot = this.#turn++ % this.#size
    const client = await this.#client(slot)
    return {
      executeQuery: <R>(query: CompiledQuery) => runRead<R>(client, query),
      // A cursor would hold the connection, which is shared.
      streamQuery() {
        throw new Error('a pipelined read cannot stream; use the pool')
      },
    } as DatabaseConnection
  }

  /** A client that broke is replaced at its next turn; the statements in flight on it fail and are reported. */
  #client(slot: number): Promise<pg.Client> {
    const present = this.#clients[slot]
    if (present) return present
    const opening = this.#connect().then(
      client => {
        const forget = () => {
          if (this.#clients[slot] === opening) this.#clients[slot] = undefined
        }
        client.once('error', forget)
        client.once('end', forget)
        return client
      },
      error => {
        this.#clients[slot] = undefined
        throw error
      },
    )
    this.#clients[slot] = opening
    return opening
  }

  async beginTransaction(): Promise<void> {
    throw new Error('a transaction never runs on a pipelined connection')
  }
  async commitTransaction(): Promise<void> {
    throw new Error('a transaction never runs on a pipelined connection')
  }
  async rollbackTransaction(): Promise<void> {
    throw new Error('a transaction never runs on a pipelined connection')
  }
  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    const open = this.#clients.splice(0)
    await Promise.all(open.map(async opening => (await opening)?.end()))
  }
}

async function runRead<R>(client: pg.Client, query: CompiledQuery): Promise<QueryResult<R>> {
  const statement = {
    name: statementName(query.sql),
    text: query.sql,
    values: query.parameters as unknown[],
  }
  const result = await timedStatement('read', statement, () => {
    gather(client)
    return client.query(statement)
  })
  return { rows: (result.rows ?? []) as R[] }
}
