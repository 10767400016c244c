import { busyMedian, type Week } from './busy-hours.ts'
import { dominantStatement, isOverVcpu } from './database-pressure.ts'
import { type Judgement, notNeeded, percent, reliefOf, ruledOut, unmeasured } from './judgement.ts'
import { replicaCents } from './step-prices.ts'

const step = 'add_replica'

/** A copy to read the public catalogue from: when reads, not writes, have more sessions at work than vCPUs. */
export function judgeReplica(week: Week): Judgement {
  const { limits, trace } = week
  if (trace.installation.hasReplica) return notNeeded(step, 'There is one.')
  const readShare = busyMedian(week, 'readShare')
  if (readShare === undefined) return unmeasured(step, ['readShare'])
  if (!isOverVcpu(week)) {
    return notNeeded(step, 'The sessions at work fit the vCPUs of the primary.')
  }
  if (readShare <= limits.readShare) {
    return ruledOut(
      step,
      `Reads are only ${percent(readShare)} of the database’s time (limit ${percent(limits.readShare)}): a copy takes no writes.`,
    )
  }
  const dominant = dominantStatement(week)
  if (dominant !== undefined) {
    return ruledOut(
      step,
      `One statement takes ${percent(dominant)} of the database’s time: mend it first.`,
    )
  }
  // Only the public catalogue may be a little old; orders, stock and people stay on the primary.
  const movable = readShare * 0.7
  return {
    verdict: 'justified',
    step,
    evidence: [
      `Reads are ${percent(readShare)} of the database’s time, and more sessions work than there are vCPUs.`,
    ],
    prerequisite: 'A bigger instance was compared: it is often simpler.',
    effect: `About ${percent(movable)} of the database’s time moves to the copy; the catalogue may be some seconds old.`,
    undo: 'Unset DATABASE_REPLICA_URL, then remove the replica; reads return to the primary at once.',
    centsPerMonth: replicaCents(trace.installation),
    relief: reliefOf(1, 1 - movable, limits.databasePressedCpu),
  }
}
