import assert from 'node:assert/strict'
import type { Environment } from '../settings.ts'
import { at } from '../template.ts'
import type { Found } from './look.ts'
import { all, find } from './look.ts'
import { readable, shortId } from './readable.ts'

/** The network of one environment as a mermaid flowchart, drawn from its templates alone. */
export function networkPicture(environment: Environment): string {
  const subnets = all(environment, 'AWS::EC2::Subnet')
  const zones = [...new Set(subnets.map(subnet => String(subnet.properties['AvailabilityZone'])))]
  const lines = [
    'flowchart TB',
    '  people([Customers and pharmacists]) -->|HTTPS| edge[CloudFront, 2 sites]',
    '  edge -->|files| files[(S3 assets)]',
    '  people -->|signed upload form| quarantine[(S3 quarantine)]',
    `  subgraph vpc ["VPC ${String(at(all(environment, 'AWS::EC2::VPC')[0]?.properties, 'CidrBlock'))}"]`,
    ...zones.flatMap(zone => zoneLines(environment, subnets, zone)),
    '  end',
    ...balancerLines(environment),
    ...serviceLines(environment),
    ...routeLines(environment),
    ...storeLines(environment),
  ]
  return ['```mermaid', ...lines, '```'].join('\n')
}

const kindOf = (subnet: Found): string =>
  /Vpc(public|tasks|database)Subnet/.exec(subnet.id)?.[1] ?? 'other'

function zoneLines(environment: Environment, subnets: readonly Found[], zone: string): string[] {
  const own = subnets.filter(subnet => subnet.properties['AvailabilityZone'] === zone)
  const letter = zone.at(-1)
  const nat = at(
    find(environment, 'AWS::AutoScaling::AutoScalingGroup')[0]?.properties,
    'AvailabilityZones',
    0,
  )
  return [
    `    subgraph zone_${letter} ["Zone ${zone}"]`,
    ...own.map(subnet => {
      const kind = kindOf(subnet)
      const guest = kind === 'public' && nat === zone ? ', NAT instance' : ''
      return `      ${kind}_${letter}["${kind} ${String(subnet.properties['CidrBlock'])}${guest}"]`
    }),
    '    end',
  ]
}

function balancerLines(environment: Environment): string[] {
  const [balancer] = all(environment, 'AWS::ElasticLoadBalancingV2::LoadBalancer')
  const [listener] = all(environment, 'AWS::ElasticLoadBalancingV2::Listener')
  const scheme = String(at(balancer?.properties, 'Scheme'))
  const port = String(at(listener?.properties, 'Port'))
  return [
    `  edge -->|"HTTPS ${port}, with our word"| balancer["Load balancer, ${scheme}, TLS 1.3"]`,
    '  balancer -.- public_a',
    '  balancer -.- public_b',
  ]
}

/** Arrows are drawn from the rules of the security groups: who may open a connection to whom. */
function serviceLines(environment: Environment): string[] {
  const names: Readonly<Record<string, string>> = {
    LoadBalancerSecurityGroup: 'balancer',
    ApiSecurityGroup: 'api',
    WorkerSecurityGroup: 'worker',
    ShopSecurityGroup: 'shop',
    MigrateSecurityGroup: 'migrate',
    DatabaseSecurityGroup: 'database',
    CacheSecurityGroup: 'cache',
  }
  const nodes = all(environment, 'AWS::ECS::Service').map(service => {
    const name = String(service.properties['ServiceName']).split('-').at(-1)
    return `  ${name}["${name} tasks"] -.- tasks_a & tasks_b`
  })
  const arrows = all(environment, 'AWS::EC2::SecurityGroupIngress').flatMap(({ properties }) => {
    const from = names[shortId(String(at(properties, 'SourceSecurityGroupId', 'Fn::GetAtt', 0)))]
    const to = names[shortId(String(at(properties, 'GroupId', 'Fn::GetAtt', 0)))]
    return from && to ? [`  ${from} -->|${String(properties['ToPort'])}| ${to}`] : []
  })
  assert.ok(arrows.length >= 6, 'The security groups allow nearly nothing')
  return [
    ...nodes,
    '  migrate["migration, once a release"] -.- tasks_a & tasks_b',
    '  database[("PostgreSQL 17")] -.- database_a & database_b',
    ...arrows,
  ]
}

const ways: readonly [string, string][] = [
  ['EgressOnlyInternetGatewayId', 'egress["IPv6 egress-only gateway"]'],
  ['NetworkInterfaceId', 'nat["NAT instance, group of one"]'],
  ['NatGatewayId', 'nat["NAT gateway"]'],
  ['GatewayId', 'internet["Internet gateway"]'],
]

function routeLines(environment: Environment): string[] {
  const lines = all(environment, 'AWS::EC2::Route').flatMap(({ id, properties }) => {
    const subnet = /Vpc(public|tasks|database)Subnet([12])/.exec(id)
    const way = ways.find(([property]) => properties[property] !== undefined)
    const to = readable(
      properties['DestinationCidrBlock'] ?? properties['DestinationIpv6CidrBlock'],
    )
    assert.ok(subnet && way, id)
    return [`  ${subnet[1]}_${subnet[2] === '1' ? 'a' : 'b'} -->|"${to}"| ${way[1]}`]
  })
  return [...new Set(lines)]
}

function storeLines(environment: Environment): string[] {
  const [endpoint] = all(environment, 'AWS::EC2::VPCEndpoint')
  assert.equal(endpoint?.properties['VpcEndpointType'], 'Gateway')
  return [
    '  tasks_a & tasks_b -->|S3 gateway endpoint| records[("S3 prescriptions, invoices, reports")]',
    '  worker -->|cleans| quarantine',
  ]
}
