import { type DatabaseSize, databaseSizes, type Installation } from './trace.ts'

/**
 * On-demand prices of ap-south-1 in US dollars, before tax: the unit prices of the cost model (infra/cost), as billed
 * in September 2026 or read from AWS's price list of October 2026. `large` is twice `medium`, as every size of this
 * family is of the one below; the cache is the price of another region. A test compares them, and what each step
 * costs, with the cost model.
 */
export const unitPricesUsd = {
  fargateVcpuHour: 0.02383,
  fargateGbHour: 0.00261,
  databaseMicroHour: 0.021,
  databaseSmallHour: 0.042,
  databaseMediumHour: 0.084,
  databaseLargeHour: 0.168,
  databaseGbMonth: 0.131,
  cacheMicroHour: 0.0128,
  secretMonth: 0.4,
} as const

export const hoursPerMonth = 730

/** A task as launched: half a vCPU and 1 GB, ARM64. */
const taskVcpus = 0.5
const taskGb = 1
const replicaGb = 20

const hourly: Record<DatabaseSize, number> = {
  micro: unitPricesUsd.databaseMicroHour,
  small: unitPricesUsd.databaseSmallHour,
  medium: unitPricesUsd.databaseMediumHour,
  large: unitPricesUsd.databaseLargeHour,
}

const monthly = (usdPerHour: number): number => Math.round(usdPerHour * hoursPerMonth * 100)

export const taskCents = monthly(
  taskVcpus * unitPricesUsd.fargateVcpuHour + taskGb * unitPricesUsd.fargateGbHour,
)

export const cacheCents = monthly(unitPricesUsd.cacheMicroHour)

/** US cents a month for the primary at this size, both zones counted. */
export function databaseCents(size: DatabaseSize, isMultiAz: boolean): number {
  return monthly(hourly[size]) * (isMultiAz ? 2 : 1)
}

/** A replica is of the primary's size, in one zone, with a disk of its own and a secret that holds its address. */
export function replicaCents(installation: Installation): number {
  const disk = Math.round(replicaGb * unitPricesUsd.databaseGbMonth * 100)
  const secret = Math.round(unitPricesUsd.secretMonth * 100)
  return databaseCents(installation.databaseSize, false) + disk + secret
}

/**
 * What a size gives. All have two vCPUs; what differs is memory, hence connections, and how much of the two vCPUs may
 * be used for ever. `small` and `medium` earn the same credits (AWS's table of T4g instances): for credits the step
 * from small is large, for memory and connections it is medium.
 */
export const sizeFacts: Record<
  DatabaseSize,
  { vcpus: number; gb: number; baseline: number; connections: number; creditsMost: number }
> = {
  micro: { vcpus: 2, gb: 1, baseline: 0.1, connections: 110, creditsMost: 288 },
  small: { vcpus: 2, gb: 2, baseline: 0.2, connections: 225, creditsMost: 576 },
  medium: { vcpus: 2, gb: 4, baseline: 0.2, connections: 450, creditsMost: 576 },
  large: { vcpus: 2, gb: 8, baseline: 0.3, connections: 900, creditsMost: 864 },
}

/** What a database may be short of. */
export type SizeFact = 'baseline' | 'gb' | 'connections'

/** The nearest larger size that gives more of what is short; undefined when this family has none. */
export function nextSize(size: DatabaseSize, short: SizeFact): DatabaseSize | undefined {
  const at = databaseSizes.indexOf(size)
  return databaseSizes
    .slice(at + 1)
    .find(larger => sizeFacts[larger][short] > sizeFacts[size][short])
}

export function smallerSize(size: DatabaseSize): DatabaseSize | undefined {
  return databaseSizes[databaseSizes.indexOf(size) - 1]
}
