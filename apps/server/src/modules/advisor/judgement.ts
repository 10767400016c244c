import { measuredWords } from './measured-words.ts'
import type { Measured } from './trace.ts'

export const stepNames = [
  'add_api_task',
  'bigger_database',
  'add_cache',
  'add_replica',
  'add_worker',
  'remove_api_task',
  'smaller_database',
  'remove_cache',
  'remove_replica',
  'remove_worker',
] as const
export type StepName = (typeof stepNames)[number]

/** A step that the figures justify, with everything needed to agree, to do it and to take it back. */
export interface JustifiedStep {
  readonly verdict: 'justified'
  readonly step: StepName
  readonly evidence: readonly string[]
  readonly prerequisite: string
  readonly effect: string
  readonly undo: string
  /** US cents a month before tax; negative when money comes back. */
  readonly centsPerMonth: number
  /** How much of the overload goes away, 0..1. */
  readonly relief: number
}

/** A step that was looked at and not taken, and why. */
export interface DeclinedStep {
  readonly verdict: 'not_needed' | 'ruled_out' | 'unmeasured'
  readonly step: StepName
  readonly reason: string
}

export type Judgement = JustifiedStep | DeclinedStep

export const notNeeded = (step: StepName, reason: string): DeclinedStep => ({
  verdict: 'not_needed',
  step,
  reason,
})

/** The pressure is real, but money is not what cures it, or not first. */
export const ruledOut = (step: StepName, reason: string): DeclinedStep => ({
  verdict: 'ruled_out',
  step,
  reason,
})

export const unmeasured = (step: StepName, names: readonly Measured[]): DeclinedStep => ({
  verdict: 'unmeasured',
  step,
  reason: `Nobody measured ${names.map(name => measuredWords[name]).join(', nor ')}.`,
})

export const percent = (share: number): string => `${Math.round(share * 100)} %`

/** How much of what is over the limit a change from `before` to `after` takes away. */
export function reliefOf(before: number, after: number, limit: number): number {
  if (before <= 0 || after >= before) return 0
  // Below the limit more relief is worth nothing: nobody is waiting there.
  const wanted = before - Math.min(limit, before)
  return wanted === 0 ? (before - after) / before : Math.min(1, (before - after) / wanted)
}
