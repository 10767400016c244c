import type { Database } from '#kernel/database'
import type { Measure } from '#kernel/module'

/**
 * Takes each measure, one after the other. One that fails keeps none of the others from being taken; then its fault is
 * thrown, so that the job is tried again.
 */
export async function measureAll(database: Database, measures: readonly Measure[]): Promise<void> {
  const faults: unknown[] = []
  for (const { measure } of measures) {
    await measure(database).catch((fault: unknown) => faults.push(fault))
  }
  if (faults.length > 0) throw faults[0]
}
