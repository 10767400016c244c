import { environments, launch } from '../environments.ts'
import type { EnvironmentName } from '../environments.ts'
import { bandBreaches, bands, totalBand } from './bands.ts'
import type { Group } from './bill.ts'
import { billOf, totalOf } from './bill.ts'
import { prices, sources, taxShare } from './prices.ts'
import { costOf, growthSteps } from './steps.ts'
import { usages } from './usage.ts'

const groups: readonly Group[] = ['Fargate', 'RDS', 'S3', 'Network', 'Steps', 'Other']

/** Months of records at which the growth of S3 is shown: the first, a year, the judged two, and five. */
const recordMonths = [1, 12, 24, 60] as const

const money = (usd: number): string => usd.toFixed(2).padStart(9)

/** The whole cost report as text. */
export function costReport(names: readonly EnvironmentName[]): string {
  return [
    'US dollars a month, on demand; see infra/cost/usage.ts for what is assumed.',
    ...names.flatMap(environmentReport),
    ...otherRegion(),
    ...recordGrowth(),
    ...stepReport(),
    ...sourceReport(),
  ].join('\n')
}

function environmentReport(name: EnvironmentName): string[] {
  const lines = billOf(environments[name], usages[name])
  const total = totalOf(lines)
  const breaches = bandBreaches(lines)
  return [
    '',
    `${name}`,
    ...groups.flatMap(group => {
      const own = lines.filter(line => line.group === group)
      if (own.length === 0) return []
      const band = bands[group]
      const allowed = band ? `   allowed ${band[0]}-${band[1]}` : ''
      return [
        `  ${group.padEnd(28)}${money(totalOf(own))}${allowed}`,
        ...own.map(line => `    ${line.name.padEnd(26)}${money(line.usd)}   ${line.basis}`),
      ]
    }),
    `  ${'Total before tax'.padEnd(28)}${money(total)}   allowed ${totalBand[0]}-${totalBand[1]}`,
    `  ${'Tax, GST 18 %'.padEnd(28)}${money(total * taxShare)}`,
    `  ${'Total to pay'.padEnd(28)}${money(total * (1 + taxShare))}`,
    ...breaches.map(
      breach => `  ${name === 'launch' ? '!' : 'beside the budget of launch:'} ${breach}`,
    ),
  ]
}

function otherRegion(): string[] {
  const total = totalOf(billOf(launch, usages.launch, 'us-east-1'))
  return [
    '',
    `launch at us-east-1 prices${money(total)}   for comparison; records must stay in India`,
  ]
}

/** The law makes S3 grow: this says when it enters its band and when it leaves it. */
function recordGrowth(): string[] {
  const at = (monthsOfRecords: number) => billOf(launch, { ...usages.launch, monthsOfRecords })
  return [
    '',
    'launch, as prescriptions and invoices accumulate',
    ...recordMonths.map(months => {
      const lines = at(months)
      return `  after ${String(months).padStart(2)} months   S3${money(totalOf(lines, 'S3'))}   total${money(totalOf(lines))}`
    }),
  ]
}

function stepReport(): string[] {
  return [
    '',
    'What one growth step adds to launch (take none until its measurement holds for seven days)',
    ...growthSteps.map(step => `  ${step.name.padEnd(30)}${money(costOf(step))}   ${step.when}`),
  ]
}

function sourceReport(): string[] {
  const used = new Map<string, string[]>()
  for (const [name, { source }] of Object.entries(prices['ap-south-1'])) {
    used.set(source, [...(used.get(source) ?? []), name])
  }
  return [
    '',
    'Where the Mumbai prices come from',
    ...[...used].map(
      ([source, names]) => `  ${sources[source as keyof typeof sources]}: ${names.join(', ')}`,
    ),
  ]
}
