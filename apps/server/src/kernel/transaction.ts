import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { lastMark } from '#kernel/named-statements'

/** An open transaction, as modules hand it to one another: each sees only its own tables through it. */
export type Tx = Transaction<unknown>

const attemptsMax = 3
const notKept = 'JR409'
const retryable = new Set(['40001', '40P01'])

/**
 * The one place a transaction opens: around a command. It commits when `work` returns and rolls back when it
 * throws; a `Refusal` thrown inside leaves nothing behind. The audit row of the act is written in it, so what
 * is not on the trail did not happen. Serialization failures and deadlocks (40001, 40P01) run `work` again,
 * three times at most: `work` therefore does nothing outside the database. `last` runs behind the audit row and may end
 * with `keepIf`; then the answer waits until the commit is on the disk, as any other commit does by itself.
 */
export async function inTransaction<T>(
  database: Database,
  caller: Caller,
  work: (tx: Tx) => Promise<T>,
  last?: (tx: Tx, result: T) => Promise<void>,
): Promise<T> {
  const result = await committed(database, caller, work, last)
  // Also when `last` had nothing to do: a repeated request must not be answered from a commit that may yet be lost.
  if (last) await database.untilLasting()
  return result
}

async function committed<T>(
  database: Database,
  caller: Caller,
  work: (tx: Tx) => Promise<T>,
  last: ((tx: Tx, result: T) => Promise<void>) | undefined,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.db.transaction().execute(async tx => {
        const result = await work(tx)
        await together(tx, both =>
          Promise.all([caller.audit?.(both, objectIdOf(result)), last?.(both, result)]),
        )
        return result
      })
    } catch (error) {
      const code = (error as { code?: string }).code
      if (attempt >= attemptsMax || !code || !retryable.has(code)) throw error
    }
  }
}

/**
 * Statements of one transaction that do not need each other's answers: those that `work` begins before it waits for any
 * travel in one packet, and run one behind the other in the order in which they were begun. When one fails, those behind
 * it fail too. A journey between us and the database costs both processors more than most statements do.
 */
export async function together<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const executor = tx.getExecutor()
  // Kysely lets a transaction's statements wait for one another; the connection itself is a pipeline.
  return executor.provideConnection(connection => {
    const pipelined = executor.withConnectionProvider({ provideConnection: run => run(connection) })
    return work({ getExecutor: () => pipelined } as Tx)
  })
}

/** The answer for which a transaction was not kept; nothing of it remains. */
export class NotKept<A> extends Error {
  readonly answer: A

  constructor(answer: A) {
    super('the transaction was not kept')
    this.answer = answer
  }
}

/**
 * The last statement of a transaction, sent together with its commit: the locks it takes are held for no journey between
 * us and the database, nor for the disk: the commit is written through after they are free, and only then is anybody
 * answered (decision 0014). Its answer is a JSON value; the commit happens only when its `outcome` is this one, which the
 * database decides. Any other answer undoes the transaction and is thrown as `NotKept`. Measured with 200 at one row:
 * twice the orders a second.
 */
export async function keepIf<A extends { outcome: string }, O extends A['outcome']>(
  tx: Tx,
  outcome: O,
  answer: RawBuilder<A>,
): Promise<Extract<A, { outcome: O }>> {
  try {
    const { rows } = await sql<{ kept: Extract<A, { outcome: O }> }>`${sql.raw(lastMark)}
      select kernel.keep_early(${answer}, ${outcome}) as kept`.execute(tx)
    return rows[0]!.kept
  } catch (error) {
    if ((error as { code?: string }).code !== notKept) throw error
    throw new NotKept<A>(JSON.parse((error as Error).message))
  }
}

function objectIdOf(result: unknown): string | null {
  const id = (result as { id?: unknown } | null | undefined)?.id
  return typeof id === 'string' ? id : null
}
