import { type Kysely, sql } from 'kysely'

/** No read is answered from a copy that is, or may be, further behind than this. */
export const replicaLagMsMax = 3_000
const lookEveryMs = 500
const lookWithinMs = 1_000
const marksMax = 60

interface Mark {
  readonly at: number
  readonly position: number
}

/**
 * Knows how far the copy is behind, by the write-ahead log: twice a second it notes where the primary is, and the copy
 * is as old as the newest of those positions it has replayed. A quiet primary therefore has no lag, a paused copy
 * ages, and what cannot be asked is not used.
 */
export class ReplicaWatch {
  readonly #primary: Kysely<unknown>
  readonly #replica: Kysely<unknown>
  readonly #timer: NodeJS.Timeout
  #marks: Mark[] = []
  /** The moment at which the copy was certainly as new as the primary. */
  #asOf = Number.NEGATIVE_INFINITY
  #isLooking = false

  constructor(primary: Kysely<unknown>, replica: Kysely<unknown>) {
    this.#primary = primary
    this.#replica = replica
    this.#timer = setInterval(() => void this.#look(), lookEveryMs)
    this.#timer.unref()
    void this.#look()
  }

  /** Milliseconds the copy may be behind now; infinite when nobody knows. */
  lagMs(): number {
    return performance.now() - this.#asOf
  }

  isFit(): boolean {
    return this.lagMs() <= replicaLagMsMax
  }

  /** A read on the copy failed: it is used again only after a good look. */
  distrust(): void {
    this.#asOf = Number.NEGATIVE_INFINITY
  }

  stop(): void {
    clearInterval(this.#timer)
    this.distrust()
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    try {
      const at = performance.now()
      const [primary, replica] = await within(
        lookWithinMs,
        Promise.all([positionOf(this.#primary, 'primary'), positionOf(this.#replica, 'replica')]),
      )
      this.#marks = [...this.#marks, { at, position: primary }].slice(-marksMax)
      const passed = this.#marks.findLast(mark => mark.position <= replica)
      if (passed) this.#asOf = Math.max(this.#asOf, passed.at)
    } catch {
      // Whatever went wrong, the answer is the same: the copy may not be trusted, and the next look asks again.
      this.distrust()
    } finally {
      this.#isLooking = false
    }
  }
}

async function positionOf(db: Kysely<unknown>, role: 'primary' | 'replica'): Promise<number> {
  // Inserted, not yet written: a commit without waiting for the disk is a commit readers have been told of.
  const query =
    role === 'primary'
      ? sql<{ position: number | null }>`
          select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint as position`
      : // A copy that was promoted is nobody's copy any more.
        sql<{ position: number | null }>`
          select case when pg_is_in_recovery()
            then pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint end as position`
  const { rows } = await query.execute(db)
  const position = rows[0]?.position
  if (position === null || position === undefined) throw new Error(`the ${role} has no position`)
  return position
}

export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the copy did not answer in time')), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
