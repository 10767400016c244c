import { Duration } from 'aws-cdk-lib'
import type { Environment } from '../settings.ts'
import { figureMetric, hourlyMinutes } from './figures.ts'
import type { Signal } from './signals.ts'

const minutes = (count: number) => Duration.minutes(count)

/** What the pharmacy does, from the figures its processes write down; named in watched-figures.ts. */
export function businessSignals(environment: Environment): Signal[] {
  const figure = (...asked: [Parameters<typeof figureMetric>[1], number]) =>
    figureMetric(environment, asked[0], minutes(asked[1]))
  return [
    {
      id: 'JobsLate',
      meaning:
        'The oldest ready job waits over five minutes, or no worker measured it: messages, invoices and cleaning of uploads stand still.',
      owner: 'engineer',
      metric: figure('OldestJobSeconds', 5),
      threshold: 300,
      periods: 2,
      ringsOnSilence: true,
    },
    {
      id: 'CodesNotSent',
      meaning:
        'Three codes to sign in were not sent within a quarter of an hour: without SMS nobody signs in.',
      owner: 'engineer',
      metric: figure('CodesNotSent', 15),
      threshold: 2,
      periods: 1,
    },
    {
      id: 'JobsGivenUp',
      meaning: 'A job failed as often as it may and waits for a person.',
      owner: 'engineer',
      metric: figure('JobsGivenUp', 5),
      threshold: 0,
      periods: 3,
    },
    {
      id: 'ReviewLate',
      meaning: 'A prescription waits over an hour for the pharmacist while the pharmacy is open.',
      owner: 'pharmacist',
      metric: figure('ReviewWaitingSeconds', 5),
      threshold: 3_600,
      periods: 3,
    },
    {
      id: 'PaymentsFail',
      meaning: 'Five payments, refunds or webhooks failed within a quarter of an hour.',
      owner: 'accounts',
      metric: figure('PaymentFailures', 15),
      threshold: 4,
      periods: 1,
    },
    {
      id: 'StockDiffers',
      meaning:
        'A balance differs from the ledger: stop selling that batch until it is explained. Or nobody compared them for an hour.',
      owner: 'pharmacist',
      metric: figure('StockDiscrepancies', hourlyMinutes),
      threshold: 0,
      periods: 1,
      ringsOnSilence: true,
    },
    {
      id: 'RegisterGap',
      meaning:
        'A register misses a number or its chain is broken: a record of the law is at stake. Or nobody looked for an hour.',
      owner: 'pharmacist',
      metric: figure('RegisterGaps', hourlyMinutes),
      threshold: 0,
      periods: 1,
      ringsOnSilence: true,
    },
  ]
}
