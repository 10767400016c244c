import type { Advice } from './advice.ts'
import { type JustifiedStep, percent } from './judgement.ts'

/** The advice as lines for a terminal: the answer first, then why. */
export function adviceLines(advice: Advice): string[] {
  const { coverage } = advice
  return [
    advice.sentence,
    '',
    ...advice.steps.flatMap((step, at) => stepLines(step, at + 1)),
    ...section('How full in the busy hours', advice.utilisation.map(utilisationLine)),
    ...section('A slow answer (one in twenty)', slowLines(advice)),
    ...section(
      'Looked at and not taken',
      advice.declined.map(one => `${nameOf(one.step)}: ${one.reason}`),
    ),
    `From ${coverage.hoursSeen} of ${coverage.hoursExpected} hours, ${coverage.days} days.`,
  ]
}

function stepLines(step: JustifiedStep, rank: number): string[] {
  return [
    `${rank}. ${nameOf(step.step)}, ${usd(step.centsPerMonth)} a month before tax`,
    ...step.evidence.map(line => `   why     ${line}`),
    `   effect  ${step.effect}`,
    `   before  ${step.prerequisite}`,
    `   undo    ${step.undo}`,
    '',
  ]
}

function slowLines({ p95Ms, split }: Advice): string[] {
  if (p95Ms === null || !split) return []
  const ms = (value: number) => `${Math.round(value)} ms`
  return [
    `${ms(p95Ms)}: our processor ${ms(split.loopMs)}, waiting for a connection ${ms(split.poolWaitMs)}, database ${ms(split.databaseMs)}, other services ${ms(split.outboundMs)}`,
  ]
}

function utilisationLine({ resource, share, daysToLimit }: Advice['utilisation'][number]): string {
  const growth = daysToLimit === null ? 'not growing' : `at its limit in about ${daysToLimit} days`
  return `${resource.padEnd(26)}${percent(share).padStart(6)}  ${growth}`
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map(line => `  ${line}`), '']

const nameOf = (step: string): string => {
  const words = step.replaceAll('_', ' ').replace('api', 'API')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const usd = (cents: number): string =>
  `${cents < 0 ? '-' : '+'}${(Math.abs(cents) / 100).toFixed(2)} USD`
