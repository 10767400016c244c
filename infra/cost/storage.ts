import assert from 'node:assert/strict'
import { backupKeepDays } from '../retention.ts'
import type { Resource } from '../template.ts'
import { at } from '../template.ts'
import type { Line, PriceOf } from './line.ts'
import type { Usage } from './usage.ts'

const daysPerMonth = 365 / 12
const mbPerGb = 1000

/** What lies in the buckets after so many months, in gigabytes, from the named inputs alone. */
export function storedGb(usage: Usage): Record<string, number> {
  const pagesPerDay = usage.ordersPerDay * usage.shareWithPrescription * usage.pagesPerPrescription
  const months = usage.monthsOfRecords
  return {
    quarantine: (pagesPerDay * quarantineDays * usage.uploadMb) / mbPerGb,
    prescriptions: (pagesPerDay * daysPerMonth * months * usage.cleanPageMb) / mbPerGb,
    invoices: (usage.ordersPerDay * daysPerMonth * months * usage.invoiceMb) / mbPerGb,
    backups: usage.dumpGb * backupKeepDays,
    trail: usage.trailGbPerMonth * Math.min(months, logMonths),
    assets: usage.assetsGb,
    logs: usage.accessLogGbPerMonth * Math.min(months, logMonths),
  }
}

export const pagesPerMonth = (usage: Usage): number =>
  usage.ordersPerDay * usage.shareWithPrescription * usage.pagesPerPrescription * daysPerMonth

/** Whether a second copy of the records lies in another region. */
export const isCopy = (resources: ReadonlyMap<string, Resource>): boolean =>
  [...resources.keys()].some(id => id.startsWith('copy/'))

/** What the second copy adds: the same files stored again, a month's new ones carried there, its key. */
export function copyLine(
  resources: ReadonlyMap<string, Resource>,
  usage: Usage,
  priceOf: PriceOf,
): Line[] {
  if (!isCopy(resources)) return []
  const { prescriptions = 0, invoices = 0, backups = 0 } = storedGb(usage)
  const stored = prescriptions + invoices + backups
  const carried = (prescriptions + invoices) / usage.monthsOfRecords + usage.dumpGb * daysPerMonth
  return [
    {
      group: 'Steps',
      name: 'second copy of records',
      usd:
        stored * priceOf('storageGbMonth') +
        carried * priceOf('regionTransferGb') +
        priceOf('keyMonth'),
      basis: `${Math.round(stored)} GB kept, ${Math.round(carried)} GB carried, 1 KMS key`,
    },
  ]
}

/** A week, and the day during which a deleted version can still be brought back. */
const quarantineDays = 8

/** The 400 days of the log bucket's lifecycle. */
const logMonths = 13

/** S3 and the one key its records are encrypted under. */
export function storageLines(
  resources: ReadonlyMap<string, Resource>,
  usage: Usage,
  priceOf: PriceOf,
): Line[] {
  const buckets = [...resources.values()].filter(resource => resource.Type === 'AWS::S3::Bucket')
  const stored = storedGb(usage)
  for (const purpose of Object.keys(stored)) {
    assert.ok(
      buckets.some(bucket => String(at(bucket.Properties, 'BucketName')).includes(`-${purpose}-`)),
      `${purpose} is priced but no such bucket is built`,
    )
  }
  const gb = Object.values(stored).reduce((sum, each) => sum + each, 0)
  const pages = pagesPerMonth(usage)
  const invoices = usage.ordersPerDay * daysPerMonth
  // A page is written twice, once as sent and once cleaned.
  const puts = pages * 2 + invoices
  const gets = pages * usage.readsPerPage + invoices
  return [
    {
      group: 'S3',
      name: 'stored files',
      usd: gb * priceOf('storageGbMonth'),
      basis: `${Math.round(gb)} GB after ${usage.monthsOfRecords} months at ${usage.ordersPerDay} orders a day`,
    },
    {
      group: 'S3',
      name: 'requests',
      usd: (puts * priceOf('putsPerThousand') + gets * priceOf('getsPerThousand')) / 1000,
      basis: `${Math.round(puts / 1000)} thousand writes, ${Math.round(gets / 1000)} thousand reads`,
    },
    { group: 'S3', name: 'records key', usd: priceOf('keyMonth'), basis: '1 KMS key' },
  ]
}
