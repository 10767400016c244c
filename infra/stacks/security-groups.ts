import { aws_ec2 as ec2 } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Environment } from '../settings.ts'
import { containerPort, scannerPort } from '../settings.ts'

export interface SecurityGroups {
  readonly loadBalancer: ec2.ISecurityGroup
  readonly api: ec2.ISecurityGroup
  readonly worker: ec2.ISecurityGroup
  readonly shop: ec2.ISecurityGroup
  readonly migrate: ec2.ISecurityGroup
  readonly database: ec2.ISecurityGroup
  readonly cache: ec2.ISecurityGroup | undefined
}

/** One group for each role, every rule with its reason; what is not written here cannot connect. */
export function createSecurityGroups(
  scope: Construct,
  vpc: ec2.IVpc,
  environment: Environment,
): SecurityGroups {
  const group = (id: string, description: string) =>
    new ec2.SecurityGroup(scope, `${id}SecurityGroup`, {
      vpc,
      description,
      allowAllOutbound: false,
    })
  const groups: SecurityGroups = {
    loadBalancer: group('LoadBalancer', 'Load balancer'),
    api: group('Api', 'API tasks'),
    worker: group('Worker', 'Worker tasks'),
    shop: group('Shop', 'Shop tasks'),
    migrate: group('Migrate', 'Migration and backup tasks'),
    database: group('Database', 'PostgreSQL'),
    cache: environment.hasCache ? group('Cache', 'Valkey cache') : undefined,
  }
  allowRequests(groups, environment)
  allowDatabase(groups)
  allowEgress(groups)
  if (groups.cache) allowCache(groups, groups.cache)
  if (environment.virusScanner) {
    groups.worker.addEgressRule(
      ec2.Peer.ipv4(environment.cidr),
      ec2.Port.tcp(scannerPort),
      'Uploads searched for viruses by a clamd inside this network',
    )
  }
  return groups
}

function allowRequests(groups: SecurityGroups, environment: Environment): void {
  const http = ec2.Port.tcp(containerPort)
  groups.loadBalancer.addIngressRule(
    ec2.Peer.prefixList(environment.cloudFrontPrefixList),
    ec2.Port.tcp(443),
    'HTTPS from CloudFront only; nobody reaches the load balancer directly',
  )
  connect(groups.loadBalancer, groups.api, http, 'API requests and health checks')
  connect(groups.loadBalancer, groups.shop, http, 'Shop pages and health checks')
  connect(groups.shop, groups.api, http, 'The shop renders pages from the API')
}

function allowDatabase(groups: SecurityGroups): void {
  const postgres = ec2.Port.tcp(5432)
  connect(groups.api, groups.database, postgres, 'Queries of the API, over TLS')
  connect(groups.worker, groups.database, postgres, 'Jobs of the worker, over TLS')
  connect(groups.migrate, groups.database, postgres, 'Migrations and the nightly backup, over TLS')
}

function allowCache(groups: SecurityGroups, cache: ec2.ISecurityGroup): void {
  const valkey = ec2.Port.tcp(6379)
  connect(groups.api, cache, valkey, 'Sessions and hot reads of the API, over TLS')
  connect(groups.worker, cache, valkey, 'Cache entries the worker drops, over TLS')
}

/** Images, secrets, logs, S3, payments and messages are all HTTPS; nothing else leaves. */
function allowEgress(groups: SecurityGroups): void {
  const https = ec2.Port.tcp(443)
  for (const group of [groups.api, groups.worker, groups.shop, groups.migrate]) {
    group.addEgressRule(ec2.Peer.anyIpv4(), https, 'HTTPS to AWS and partners over IPv4')
    group.addEgressRule(ec2.Peer.anyIpv6(), https, 'HTTPS to AWS and partners over IPv6')
  }
}

function connect(
  from: ec2.ISecurityGroup,
  to: ec2.ISecurityGroup,
  port: ec2.Port,
  reason: string,
): void {
  from.addEgressRule(to, port, reason)
  to.addIngressRule(from, port, reason)
}
