import { at } from '../template.ts'
import { type Line, ofType, type PriceOf, type Resources } from './line.ts'
import { isCopy, pagesPerMonth } from './storage.ts'
import type { Usage } from './usage.ts'

/** Free in an account: ten alarms, ten figures of one's own, three boards. */
const [freeAlarms, freeFigures, freeBoards] = [10, 10, 3]

/** Each target-tracking policy keeps one alarm to grow and one to shrink. */
const alarmsPerPolicy = 2

/** Logs, secrets, keys, images, alarms, figures, the trail, names. */
export function otherLines(resources: Resources, usage: Usage, priceOf: PriceOf): Line[] {
  const count = (type: string) => ofType(resources, type).length
  const alarms = count('AWS::CloudWatch::Alarm')
  const policyAlarms = count('AWS::ApplicationAutoScaling::ScalingPolicy') * alarmsPerPolicy
  // RDS keeps the master password in a secret of its own, which no template shows.
  const ownSecrets = count('AWS::SecretsManager::Secret')
  const zones = 1 + count('AWS::ServiceDiscovery::PrivateDnsNamespace')
  // One of the keys encrypts the records and is counted with them; another, in a second region, with its copy.
  const keys = count('AWS::KMS::Key') - 1 - (isCopy(resources) ? 1 : 0)
  const figures = new Set(
    ofType(resources, 'AWS::Logs::MetricFilter').map(filter =>
      String(at(filter.Properties, 'MetricTransformations', 0, 'MetricName')),
    ),
  ).size
  const boards = count('AWS::CloudWatch::Dashboard')
  const line = (name: string, usd: number, basis: string): Line => ({
    group: 'Other',
    name,
    usd,
    basis,
  })
  return [
    line(
      'program and flow logs',
      usage.programLogGbPerMonth * priceOf('logGb'),
      `${usage.programLogGbPerMonth} GB`,
    ),
    line(
      'secrets',
      (ownSecrets + 1) * priceOf('secretMonth'),
      `${ownSecrets} and the database's own`,
    ),
    line('platform key', keys * priceOf('keyMonth'), `${keys} KMS key`),
    line('container images', usage.imagesGb * priceOf('imageGbMonth'), `${usage.imagesGb} GB`),
    line(
      'alarms',
      Math.max(0, alarms + policyAlarms - freeAlarms) * priceOf('alarmMonth'),
      `${alarms} of ours, ${policyAlarms} of scaling, ${freeAlarms} free`,
    ),
    line(
      'figures and boards',
      Math.max(0, figures - freeFigures) * priceOf('metricMonth') +
        Math.max(0, boards - freeBoards) * priceOf('boardMonth'),
      `${figures} figures, ${freeFigures} free; ${boards} boards, ${freeBoards} free`,
    ),
    trailLine(resources, usage, priceOf),
    line('DNS zones', zones * priceOf('zoneMonth'), `${zones} zones`),
  ]
}

/** Sent, cleaned (read, deleted, written) and opened: each is an event of the trail. */
const eventsPerUpload = 4

function trailLine(resources: Resources, usage: Usage, priceOf: PriceOf): Line {
  const events =
    ofType(resources, 'AWS::CloudTrail::Trail').length *
    pagesPerMonth(usage) *
    (eventsPerUpload + usage.readsPerPage)
  return {
    group: 'Other',
    name: 'trail of opened files',
    usd: (events / 100_000) * priceOf('hundredThousandDataEvents'),
    basis: `${Math.round(events / 1000)} thousand events; the first copy of changes is free`,
  }
}
