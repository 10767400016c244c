import { busyP95, daysWith, isOver, type Week } from './busy-hours.ts'
import { creditsRunOut, daysOverVcpu, dominantStatement, isOverVcpu } from './database-pressure.ts'
import { type Judgement, notNeeded, percent, ruledOut, unmeasured } from './judgement.ts'
import { databaseCents, nextSize, type SizeFact, sizeFacts } from './step-prices.ts'

const step = 'bigger_database'

interface Need {
  readonly short: SizeFact
  readonly words: string
}

/** A bigger database: for credits, sessions, memory or connections, each of which another size may not give. */
export function judgeDatabase(week: Week): Judgement {
  const measured = ['activeSessions', 'connections', 'creditBalance', 'cacheHit'] as const
  if (measured.every(name => busyP95(week, name) === undefined)) return unmeasured(step, measured)
  const needs = needsOf(week)
  if (needs.length === 0) {
    return notNeeded(
      step,
      `Busy hours have ${(busyP95(week, 'activeSessions') ?? 0).toFixed(2)} active sessions for ${sizeFacts[week.trace.installation.databaseSize].vcpus} vCPUs and use ${percent(connectionShare(week))} of the connections.`,
    )
  }
  const cure = cureWithoutMoney(week, needs)
  if (cure) return ruledOut(step, cure)
  const { databaseSize, isMultiAz } = week.trace.installation
  const sizes = needs.map(need => nextSize(databaseSize, need.short))
  const size = sizes.includes('large') ? 'large' : sizes.find(one => one !== undefined)
  if (!size || sizes.includes(undefined)) {
    return ruledOut(
      step,
      `${needs.map(need => need.words).join(' ')} db.t4g.large is the last of this family: leave it for db.m7g by hand.`,
    )
  }
  return {
    verdict: 'justified',
    step,
    evidence: needs.map(need => need.words),
    prerequisite:
      'The five dearest statements of pg_stat_statements were looked at, and none lacks an index.',
    effect: `From ${databaseSize} to ${size}: ${effectOf(databaseSize, size)}.`,
    undo: 'Change the size back in the settings; both ways cost a failover of about a minute (several in one zone).',
    centsPerMonth: databaseCents(size, isMultiAz) - databaseCents(databaseSize, isMultiAz),
    relief: 1,
  }
}

function needsOf(week: Week): Need[] {
  const { limits } = week
  const needs: Need[] = []
  const credits = creditsRunOut(week)
  if (credits === 'gone') {
    needs.push({
      short: 'baseline',
      words:
        'The CPU credits were used up on three days or more: what is above the baseline is billed.',
    })
  }
  if (credits === 'falling') {
    needs.push({
      short: 'baseline',
      words: `The CPU credits fall from day to day and end within ${limits.creditDaysAhead} days.`,
    })
  }
  if (isOverVcpu(week)) {
    needs.push({
      short: 'baseline',
      words: `On ${daysOverVcpu(week)} of 7 days more sessions worked than there are vCPUs for over ${limits.sessionsOverVcpuMinutesPerDay} minutes.`,
    })
  }
  const missed = daysWith(week.busy, hour => (hour.cacheHit ?? 1) < limits.cacheHitLeast)
  if (missed >= limits.daysOverLeast && (busyP95(week, 'activeSessions') ?? 0) > 0.5) {
    needs.push({
      short: 'gb',
      words: `The busy hours of ${missed} days read more than ${percent(1 - limits.cacheHitLeast)} of their blocks from disk: the tables in use do not fit the memory.`,
    })
  }
  if (isConnectionShort(week)) {
    needs.push({
      short: 'connections',
      words: `${percent(connectionShare(week))} of the connections are taken, and a release needs the rest.`,
    })
  }
  return needs
}

/** What is free and comes first. */
function cureWithoutMoney(week: Week, needs: readonly Need[]): string | undefined {
  const { limits, trace } = week
  const dominant = dominantStatement(week)
  const ofWork = needs.every(need => need.short !== 'connections')
  if (dominant !== undefined && ofWork) {
    return `One statement takes ${percent(dominant)} of the database’s time. Mend it (an index, a smaller list) and measure a week again.`
  }
  const idle = 1 - (busyP95(week, 'activeSessions') ?? 0) / (busyP95(week, 'connections') ?? 1)
  const onlyConnections = needs.every(need => need.short === 'connections')
  if (
    onlyConnections &&
    idle > limits.idleConnectionsShare &&
    trace.installation.poolMax > limits.poolMaxLeast
  ) {
    return `${percent(idle)} of the connections are idle: lower DATABASE_POOL_MAX from ${trace.installation.poolMax}, which is free.`
  }
  return undefined
}

function connectionShare(week: Week): number {
  const most = busyP95(week, 'connectionsMax')
  return most ? (busyP95(week, 'connections') ?? 0) / most : 0
}

function isConnectionShort(week: Week): boolean {
  const most = busyP95(week, 'connectionsMax')
  return most !== undefined && isOver(week, 'connections', most * week.limits.connectionsShare)
}

function effectOf(from: keyof typeof sizeFacts, to: keyof typeof sizeFacts): string {
  const [before, after] = [sizeFacts[from], sizeFacts[to]]
  return `${after.gb} GB instead of ${before.gb}, ${after.connections} connections instead of ${before.connections}, ${percent(after.baseline)} of each vCPU for ever instead of ${percent(before.baseline)}`
}
