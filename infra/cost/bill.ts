import assert from 'node:assert/strict'
import type { Environment } from '../settings.ts'
import { resourcesOf } from '../synth.ts'
import { at, listAt } from '../template.ts'
import { otherLines } from './other.ts'
import { type Group, type Line, ofType, type PriceOf, type Resources } from './line.ts'
import type { PriceName, Region } from './prices.ts'
import { hoursPerMonth, prices } from './prices.ts'
import { copyLine, storageLines } from './storage.ts'
import type { Usage } from './usage.ts'

export type { Group, Line } from './line.ts'

/** Resource kinds the bill reads; with `free.ts` they must cover every template. */
export const pricedTypes: ReadonlySet<string> = new Set([
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::CloudTrail::Trail',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::EIP',
  'AWS::EC2::NatGateway',
  'AWS::ECR::Repository',
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::ServiceDiscovery::PrivateDnsNamespace',
  'AWS::WAFv2::WebACL',
])

/** A month of one environment, line by line, before tax, from its templates and the named usage. */
export function billOf(environment: Environment, usage: Usage, region?: Region): Line[] {
  const priceList = prices[region ?? (environment.region as Region)]
  assert.ok(priceList, `No prices for ${environment.region}`)
  const priceOf: PriceOf = name => priceList[name].usd
  const resources = resourcesOf(environment)
  return [
    ...fargateLines(resources, priceOf),
    ...databaseLines(resources, usage, priceOf),
    ...storageLines(resources, usage, priceOf),
    ...networkLines(resources, usage, priceOf),
    ...stepLines(resources, usage, priceOf),
    ...otherLines(resources, usage, priceOf),
  ]
}

export const totalOf = (lines: readonly Line[], group?: Group): number =>
  lines.filter(line => !group || line.group === group).reduce((sum, line) => sum + line.usd, 0)

function fargateLines(resources: Resources, priceOf: PriceOf): Line[] {
  const services = [...resources].filter(([, resource]) => resource.Type === 'AWS::ECS::Service')
  assert.ok(services.length > 0, 'No service found to price')
  return services.map(([id, service]) => {
    const [stack = '', logicalId = ''] = id.split('/')
    const taskId = String(at(service.Properties, 'TaskDefinition', 'Ref'))
    const task = resources.get(`${stack}/${taskId}`)
    const cpu = Number(at(task?.Properties, 'Cpu')) / 1024
    const gb = Number(at(task?.Properties, 'Memory')) / 1024
    const count = leastTasks(resources, logicalId)
    const usd =
      count * hoursPerMonth * (cpu * priceOf('fargateVcpuHour') + gb * priceOf('fargateGbHour'))
    assert.ok(usd > 0, `${id} has no size`)
    const name = String(at(service.Properties, 'ServiceName')).split('-').slice(2).join(' ')
    return {
      group: 'Fargate' as const,
      name: `${name} tasks`,
      usd,
      basis: `${count} x ${cpu} vCPU, ${gb} GB, ARM64, ${hoursPerMonth} h`,
    }
  })
}

/** What runs day and night: the least the scaling target allows. More is paid only while it is needed. */
function leastTasks(resources: Resources, serviceId: string): number {
  const target = ofType(resources, 'AWS::ApplicationAutoScaling::ScalableTarget').find(candidate =>
    JSON.stringify(at(candidate.Properties, 'ResourceId')).includes(`"${serviceId}"`),
  )
  return Number(at(target?.Properties, 'MinCapacity'))
}

const databasePrices: Readonly<Record<string, PriceName>> = {
  'db.t4g.micro': 'databaseMicroHour',
  'db.t4g.small': 'databaseSmallHour',
  'db.t4g.medium': 'databaseMediumHour',
  'db.t4g.large': 'databaseLargeHour',
}

function databaseLines(resources: Resources, usage: Usage, priceOf: PriceOf): Line[] {
  const instances = ofType(resources, 'AWS::RDS::DBInstance').map(({ Properties }) => ({
    size: String(at(Properties, 'DBInstanceClass')),
    gb: Number(at(Properties, 'AllocatedStorage') ?? 0),
    zones: at(Properties, 'MultiAZ') === true ? 2 : 1,
    isReplica: at(Properties, 'SourceDBInstanceIdentifier') !== undefined,
  }))
  const primary = instances.find(instance => !instance.isReplica)
  assert.ok(primary, 'No database found to price')
  const lines: Line[] = instances.flatMap(({ size, zones, isReplica }) => {
    const hourly = databasePrices[size]
    assert.ok(hourly, `No price for ${size}`)
    const disk = zones === 2 ? 'databaseGbMonthMultiAz' : 'databaseGbMonth'
    const name = isReplica ? 'read replica' : 'database'
    const where = zones === 2 ? 'Multi-AZ' : 'one zone'
    return [
      {
        group: 'RDS' as const,
        name,
        usd: hoursPerMonth * priceOf(hourly) * zones,
        basis: `${size}, ${where}, ${hoursPerMonth} h`,
      },
      {
        group: 'RDS' as const,
        name: `${name} disk`,
        usd: primary.gb * priceOf(disk),
        basis: `${primary.gb} GB gp3, ${where}`,
      },
    ]
  })
  const billedGb = Math.max(0, usage.backupGb - primary.gb)
  lines.push({
    group: 'RDS',
    name: 'backups of 14 days',
    usd: billedGb * priceOf('backupGbMonth'),
    basis: `${usage.backupGb} GB, ${primary.gb} GB of them free`,
  })
  return lines
}

function networkLines(resources: Resources, usage: Usage, priceOf: PriceOf): Line[] {
  const balancers = ofType(resources, 'AWS::ElasticLoadBalancingV2::LoadBalancer')
  const balancerAddresses = balancers.flatMap(({ Properties }) => listAt(Properties, 'Subnets'))
  const elastic = ofType(resources, 'AWS::EC2::EIP').length
  const gateways = ofType(resources, 'AWS::EC2::NatGateway').length
  const instances = ofType(resources, 'AWS::AutoScaling::AutoScalingGroup').length
  assert.ok(balancers.length > 0 && gateways + instances > 0, 'No way in or no way out found')
  const disk = natDiskGb(resources)
  const lines: Line[] = [
    {
      group: 'Network',
      name: 'load balancer',
      usd: balancers.length * hoursPerMonth * priceOf('loadBalancerHour'),
      basis: `${balancers.length} x ${hoursPerMonth} h`,
    },
    {
      group: 'Network',
      name: 'load balancer capacity',
      usd: usage.capacityUnits * hoursPerMonth * priceOf('capacityUnitHour'),
      basis: `${usage.capacityUnits} units on average`,
    },
    {
      group: 'Network',
      name: 'public IPv4 addresses',
      usd: (balancerAddresses.length + elastic) * hoursPerMonth * priceOf('publicAddressHour'),
      basis: `${balancerAddresses.length} of the load balancer, ${elastic} of the NAT`,
    },
  ]
  if (instances > 0) {
    lines.push({
      group: 'Network',
      name: 'NAT instance',
      usd: instances * (hoursPerMonth * priceOf('natInstanceHour') + disk * priceOf('diskGbMonth')),
      basis: `${instances} x t4g.nano with ${disk} GB gp3`,
    })
  }
  if (gateways > 0) {
    lines.push({
      group: 'Network',
      name: 'NAT gateway',
      usd:
        gateways * hoursPerMonth * priceOf('natGatewayHour') +
        usage.natGb * priceOf('natGatewayGb'),
      basis: `${gateways} x ${hoursPerMonth} h, ${usage.natGb} GB`,
    })
  }
  return lines
}

function natDiskGb(resources: Resources): number {
  const [template] = ofType(resources, 'AWS::EC2::LaunchTemplate')
  return Number(
    at(template?.Properties, 'LaunchTemplateData', 'BlockDeviceMappings', 0, 'Ebs', 'VolumeSize') ??
      0,
  )
}

/** Parts that are off at launch; in their own group because the budget has no band for them. */
function stepLines(resources: Resources, usage: Usage, priceOf: PriceOf): Line[] {
  const lines: Line[] = copyLine(resources, usage, priceOf)
  const caches = ofType(resources, 'AWS::ElastiCache::ReplicationGroup')
  if (caches.length > 0) {
    lines.push({
      group: 'Steps',
      name: 'Valkey cache',
      usd: caches.length * hoursPerMonth * priceOf('cacheMicroHour'),
      basis: `${caches.length} x cache.t4g.micro (price of us-east-1)`,
    })
  }
  const firewalls = ofType(resources, 'AWS::WAFv2::WebACL')
  if (firewalls.length > 0) {
    const rules = listAt(firewalls[0]?.Properties, 'Rules').length
    assert.equal(rules, 3, 'The billed price is that of three rules')
    lines.push({
      group: 'Steps',
      name: 'web firewall',
      usd: firewalls.length * priceOf('firewallMonth'),
      basis: 'one list of 3 rules, as billed',
    })
  }
  return lines
}
