import {
  growthSteps as judged,
  sizeFor,
} from '../../apps/server/src/modules/advisor/growth-steps.ts'
import type { GrowthStep as JudgedStep } from '../../apps/server/src/modules/advisor/growth-steps.ts'
import { launch, scaled } from '../environments.ts'
import type { Environment } from '../settings.ts'
import { billOf, totalOf } from './bill.ts'
import { usages } from './usage.ts'

export interface GrowthStep {
  readonly name: string
  /** The measurement that justifies it: p95 over seven days, in the busy hours. */
  readonly when: string
  readonly change: Partial<Environment>
}

const more = (service: 'api' | 'worker' | 'shop') => ({
  [service]: { ...launch[service], least: launch[service].least + 1 },
})

/** How each step the advisor may name is written in the settings. */
function changeOf({ step, short }: JudgedStep): Partial<Environment> {
  switch (step) {
    case 'add_api_task':
      return more('api')
    case 'add_worker':
      return more('worker')
    case 'add_cache':
      return { hasCache: true }
    case 'add_replica':
      return { database: { ...launch.database, hasReplica: true } }
    case 'bigger_database':
      return {
        database: { ...launch.database, size: sizeFor(short ?? 'gb', launch.database.size) },
      }
  }
}

/** Those the advisor judges, word for word, and the few that only a person can decide. */
export const growthSteps: readonly GrowthStep[] = [
  ...judged.map(one => ({ name: one.title, when: one.when, change: changeOf(one) })),
  { name: 'one more shop task', when: 'shop CPU over 60 %', change: more('shop') },
  {
    name: 'a worker for files alone',
    when: 'messages wait behind long imports',
    change: { separateWorkers: scaled.separateWorkers },
  },
  {
    name: 'web firewall',
    when: 'somebody attacks, or an auditor asks',
    change: { hasFirewall: true },
  },
  {
    name: 'NAT gateway for the instance',
    when: 'minutes without IPv4 egress cost more than 39 USD a month',
    change: { egress: 'nat-gateway' },
  },
  {
    name: 'second copy in Hyderabad',
    when: 'losing the region may not lose the records',
    change: { copyTo: scaled.copyTo },
  },
]

/** What a step adds to the month of launch, before tax. */
export function costOf(step: GrowthStep): number {
  const grown = { ...launch, ...step.change }
  return totalOf(billOf(grown, usages.launch)) - totalOf(billOf(launch, usages.launch))
}
