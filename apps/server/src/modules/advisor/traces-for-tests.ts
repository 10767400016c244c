import { dayOf, hourMs, hourOfDay, type Hour, type Installation, type Trace } from './trace.ts'

/** The launch installation with nothing added. */
export const launched: Installation = {
  apiTasks: 2,
  apiTasksLeast: 2,
  workers: 1,
  databaseSize: 'small',
  isMultiAz: true,
  hasReplica: false,
  hasCache: false,
  hasCdn: true,
  poolMax: 10,
}

/** Sunday 1 November 2026, half past eleven at night in India; figures are kept by whole UTC hours. */
export const askedAt = Date.UTC(2026, 10, 1, 18)

/** What one hour of a scenario is like, given how busy it is (0..1 of a day's peak) and when. */
export interface Moment {
  readonly load: number
  readonly day: number
  readonly hourOfDay: number
  readonly at: number
  /** A reproducible random number around 1, at most a tenth off. */
  readonly noise: () => number
}

export interface Scenario {
  readonly days?: number
  readonly seed?: number
  readonly installation?: Partial<Installation>
  /** What differs from a calm shop in this hour. */
  readonly change?: (moment: Moment) => Partial<Hour>
  /** Hours nobody recorded. */
  readonly isMissing?: (moment: Moment) => boolean
}

/** How a shop's day runs: asleep till seven, busy before lunch, busiest in the evening; Sunday is half a day. */
export function loadAt(at: number): number {
  const hour = hourOfDay(at)
  const shape = 0.05 + 0.55 * bell(hour, 11, 2.5) + 0.95 * bell(hour, 19, 2.5)
  const isSunday = (dayOf(at) + 4) % 7 === 0
  return Math.min(1, shape) * (isSunday ? 0.6 : 1)
}

const bell = (hour: number, middle: number, width: number): number =>
  Math.exp(-((hour - middle) ** 2) / (2 * width ** 2))

/** Weeks of a shop with daily and weekly cycles and noise, changed as the scenario says; the same seed, the same weeks. */
export function traceOf({
  days = 14,
  seed = 7,
  installation,
  change,
  isMissing,
}: Scenario = {}): Trace {
  const random = randomFrom(seed)
  const noise = () => 0.9 + 0.2 * random()
  const hours: Hour[] = []
  for (let at = askedAt - days * 24 * hourMs; at < askedAt; at += hourMs) {
    const day = Math.floor((at - (askedAt - days * 24 * hourMs)) / (24 * hourMs))
    const moment = { load: loadAt(at), day, hourOfDay: hourOfDay(at), at, noise }
    if (isMissing?.(moment)) continue
    hours.push({ ...calm(moment), ...change?.(moment) })
  }
  return { askedAt, installation: { ...launched, ...installation }, hours }
}

/** A shop of a few hundred orders a day on the launch installation. */
function calm({ load, at, noise }: Moment): Hour {
  return {
    startsAt: at,
    requests: Math.round(4_000 * load * noise()),
    errors: 0,
    p95Ms: 90 * noise(),
    split: {
      loopMs: 15 * noise(),
      poolWaitMs: 2 * noise(),
      databaseMs: 60 * noise(),
      outboundMs: 5,
    },
    loopDelayP99Ms: 12 * noise(),
    apiCpu: (0.03 + 0.24 * load) * noise(),
    apiMemory: 0.35 + 0.15 * load * noise(),
    databaseCpu: (0.04 + 0.14 * load) * noise(),
    activeSessions: 0.5 * load * noise(),
    minutesOverVcpu: 0,
    creditBalance: 570 * noise() ** 0.1,
    cacheHit: 0.9992,
    connections: 30 * noise(),
    connectionsMax: 225,
    readShare: 0.6 * noise(),
    repeatableShare: 0.25 * noise(),
    topStatementShare: 0.2 * noise(),
    hitRate: 0.6 * noise(),
    oldestJobSeconds: 2 * noise(),
    workerCpu: (0.05 + 0.12 * load) * noise(),
  }
}

/** A processor so full that requests queue for it. */
export const fullTasks = ({ load, noise }: Moment): Partial<Hour> => ({
  apiCpu: 0.9 * load * noise(),
  loopDelayP99Ms: 20 + 130 * load * noise(),
  p95Ms: 100 + 1_000 * load * noise(),
  split: { loopMs: 700 * load, poolWaitMs: 20, databaseMs: 150, outboundMs: 5 },
})

/** Mulberry's generator: small, seeded, good enough for noise. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
