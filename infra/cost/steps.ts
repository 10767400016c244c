import { launch } from '../environments.ts'
import type { Environment } from '../settings.ts'
import { billOf, totalOf } from './bill.ts'
import { usages } from './usage.ts'

export interface GrowthStep {
  readonly name: string
  /** The measurement that justifies it: p95 over seven days, in the busy hours. */
  readonly when: string
  readonly change: Partial<Environment>
}

/** Each step is one change of the launch settings, taken alone. The default answer is to take none. */
export const growthSteps: readonly GrowthStep[] = [
  {
    name: 'one more API task',
    when: 'CPU over 60 % while the database takes under half of the time',
    change: { api: { ...launch.api, least: launch.api.least + 1 } },
  },
  {
    name: 'one more worker',
    when: 'the oldest ready job waits over 60 s',
    change: { worker: { ...launch.worker, least: launch.worker.least + 1 } },
  },
  {
    name: 'one more shop task',
    when: 'shop CPU over 60 %',
    change: { shop: { ...launch.shop, least: launch.shop.least + 1 } },
  },
  {
    name: 'database small to medium',
    when: 'CPU credits fall from day to day, and the five dearest statements are mended',
    change: { database: { ...launch.database, size: 'medium' } },
  },
  {
    name: 'read replica',
    when: 'reads take over 70 % of database time and may be a little old',
    change: { database: { ...launch.database, hasReplica: true } },
  },
  {
    name: 'Valkey cache',
    when: 'the same reads, repeated, take over 40 % of database time',
    change: { hasCache: true },
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
]

/** What a step adds to the month of launch, before tax. */
export function costOf(step: GrowthStep): number {
  const grown = { ...launch, ...step.change }
  return totalOf(billOf(grown, usages.launch)) - totalOf(billOf(launch, usages.launch))
}
