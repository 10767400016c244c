import type { Transaction } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'

/** An open transaction, as modules hand it to one another: each sees only its own tables through it. */
export type Tx = Transaction<unknown>

const attemptsMax = 3
const retryable = new Set(['40001', '40P01'])

/**
 * The one place a transaction opens: around a command. It commits when `work` returns and rolls back when it
 * throws; a `Refusal` thrown inside leaves nothing behind. The audit row of the act is written in it, so what
 * is not on the trail did not happen. Serialization failures and deadlocks (40001, 40P01) run `work` again,
 * three times at most: `work` therefore does nothing outside the database.
 */
export async function inTransaction<T>(
  database: Database,
  caller: Caller,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.db.transaction().execute(async tx => {
        const result = await work(tx)
        if (caller.audit) await caller.audit(tx, objectIdOf(result))
        return result
      })
    } catch (error) {
      const code = (error as { code?: string }).code
      if (attempt >= attemptsMax || !code || !retryable.has(code)) throw error
    }
  }
}

function objectIdOf(result: unknown): string | null {
  const id = (result as { id?: unknown } | null | undefined)?.id
  return typeof id === 'string' ? id : null
}
