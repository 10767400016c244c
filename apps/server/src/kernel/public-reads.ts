import type { CompiledQuery, DatabaseConnection, Driver } from 'kysely'
import { metrics } from '#kernel/metrics'
import { type ReplicaWatch, within } from '#kernel/replica-watch'
import { currentScope } from '#kernel/scope'

const routed = metrics.counter({
  name: 'database.public_reads',
  unit: 'count',
  meaning:
    'Reads of the public catalogue by who answered: the copy, the primary, or the primary after the copy failed',
  labels: ['replica', 'primary', 'rescued'],
})

/** Longer than any read of the catalogue takes; then the primary is asked as well. */
export const replicaAnswerMsMax = 1_500

/**
 * Reads that may be some seconds old go to the copy while it is near enough. The primary answers when it is not, when
 * the person asking has just written something, and when the copy fails or hangs: nobody is told of its troubles.
 */
export class PublicReads implements Driver {
  readonly #primary: Driver
  readonly #replica: Driver
  readonly #watch: ReplicaWatch

  constructor(primary: Driver, replica: Driver, watch: ReplicaWatch) {
    this.#primary = primary
    this.#replica = replica
    this.#watch = watch
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return {
      executeQuery: <R>(query: CompiledQuery) => this.#read<R>(query),
      streamQuery() {
        throw new Error('a read of the catalogue cannot stream; use the pool')
      },
    }
  }

  async #read<R>(query: CompiledQuery) {
    const mayBeOld = currentScope()?.mustBeFresh !== true && this.#watch.isFit()
    if (!mayBeOld) {
      routed.add(1, 'primary')
      return executeOn<R>(this.#primary, query)
    }
    try {
      const answer = await within(replicaAnswerMsMax, executeOn<R>(this.#replica, query))
      routed.add(1, 'replica')
      return answer
    } catch (error) {
      // A read cancelled because replay needed its rows says nothing of the copy's health; silence does.
      if ((error as { code?: string }).code !== recoveryConflict) this.#watch.distrust()
      routed.add(1, 'rescued')
      return executeOn<R>(this.#primary, query)
    }
  }

  async beginTransaction(): Promise<void> {
    throw new Error('a transaction never runs on the reads of the catalogue')
  }
  async commitTransaction(): Promise<void> {
    throw new Error('a transaction never runs on the reads of the catalogue')
  }
  async rollbackTransaction(): Promise<void> {
    throw new Error('a transaction never runs on the reads of the catalogue')
  }
  async releaseConnection(): Promise<void> {}
  /** The two drivers belong to others, who close them. */
  async destroy(): Promise<void> {}
}

const recoveryConflict = '40001'

async function executeOn<R>(driver: Driver, query: CompiledQuery) {
  const connection = await driver.acquireConnection()
  return connection.executeQuery<R>(query)
}
