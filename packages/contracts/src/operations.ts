import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Instant, oneOf } from './shapes.ts'

/** `late`: it works, slower than it should; `unreachable`: it does not; `unknown`: not looked at yet. */
export const componentStates = ['ok', 'late', 'unreachable', 'unknown'] as const

export const Status = Type.Object({
  state: oneOf(componentStates),
  checkedAt: Instant,
  version: Type.String(),
  components: Type.Array(
    Type.Object({
      name: oneOf(['database', 'jobs', 'storage']),
      state: oneOf(componentStates),
      sentence: Type.String(),
    }),
  ),
})
export type Status = Static<typeof Status>

export const getStatus = endpoint({
  method: 'GET',
  path: '/status',
  summary: 'Whether the pharmacy works, part by part; also as a page at /api/status',
  tag: 'operations',
  status: 200,
  permission: 'public',
  ownership: 'none',
  audit: 'none',
  reply: Status,
  refusals: [],
})

const Split = Type.Object({
  loopMs: Type.Number(),
  poolWaitMs: Type.Number(),
  databaseMs: Type.Number(),
  outboundMs: Type.Number(),
})

/** Shares are 0..1; money is US cents a month before tax, negative when it comes back. */
export const Advice = Type.Object({
  verdict: oneOf(['none', 'grow', 'step_down', 'refused']),
  sentence: Type.String(),
  coverage: Type.Object({
    days: Type.Integer(),
    hoursSeen: Type.Integer(),
    hoursExpected: Type.Integer(),
    longestGapHours: Type.Integer(),
    strayHours: Type.Integer(),
  }),
  busiestHourAt: Type.Union([Instant, Type.Null()]),
  p95Ms: Type.Union([Type.Number(), Type.Null()]),
  split: Type.Union([Split, Type.Null()]),
  utilisation: Type.Array(
    Type.Object({
      resource: Type.String(),
      share: Type.Number(),
      daysToLimit: Type.Union([Type.Integer(), Type.Null()]),
    }),
  ),
  steps: Type.Array(
    Type.Object({
      step: Type.String(),
      evidence: Type.Array(Type.String()),
      prerequisite: Type.String(),
      effect: Type.String(),
      undo: Type.String(),
      centsPerMonth: Type.Integer(),
      relief: Type.Number(),
    }),
  ),
  declined: Type.Array(
    Type.Object({ step: Type.String(), verdict: Type.String(), reason: Type.String() }),
  ),
  /** The judged week, hour by hour, for charts; an hour nobody recorded is not there. */
  hours: Type.Array(
    Type.Object({
      at: Instant,
      requests: Type.Integer(),
      p95Ms: Type.Union([Type.Integer(), Type.Null()]),
      apiCpu: Type.Union([Type.Number(), Type.Null()]),
      activeSessions: Type.Union([Type.Number(), Type.Null()]),
      oldestJobSeconds: Type.Union([Type.Number(), Type.Null()]),
    }),
    { maxItems: 168 },
  ),
})
export type Advice = Static<typeof Advice>

export const getAdvice = endpoint({
  method: 'GET',
  path: '/advice',
  summary:
    'Whether the figures of the last 7 to 28 days justify growing, and by which step; usually not',
  tag: 'operations',
  status: 200,
  permission: 'operations.view',
  ownership: 'none',
  audit: 'none',
  query: Type.Object({ days: Type.Optional(Type.Integer({ minimum: 7, maximum: 28 })) }),
  reply: Advice,
  refusals: ['malformed_request', 'sign_in_needed', 'not_allowed', 'unavailable'],
})
