import { aws_ec2 as ec2, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Foundation } from './foundation.ts'
import type { Secrets } from './secrets.ts'
import type { SecurityGroups } from './security-groups.ts'

/**
 * Foundation as the runtime stack may use it: security groups and secrets by their ids alone. The
 * library would otherwise add rules and key grants to foundation whenever a task is defined, which
 * hides them from the file where every rule has its reason, and ties the two stacks in a knot.
 */
export function borrow(scope: Construct, foundation: Foundation): Foundation {
  const group = (id: string, lent: ec2.ISecurityGroup) =>
    ec2.SecurityGroup.fromSecurityGroupId(scope, `${id}Group`, lent.securityGroupId, {
      mutable: false,
    })
  const secret = (id: string, lent: secretsmanager.ISecret) =>
    secretsmanager.Secret.fromSecretCompleteArn(scope, `${id}Secret`, lent.secretArn)
  const groups: SecurityGroups = {
    loadBalancer: group('LoadBalancer', foundation.groups.loadBalancer),
    api: group('Api', foundation.groups.api),
    worker: group('Worker', foundation.groups.worker),
    shop: group('Shop', foundation.groups.shop),
    migrate: group('Migrate', foundation.groups.migrate),
    database: group('Database', foundation.groups.database),
    cache: foundation.groups.cache ? group('Cache', foundation.groups.cache) : undefined,
  }
  const lent = foundation.secrets
  const secrets: Secrets = {
    databaseUrl: secret('DatabaseUrl', lent.databaseUrl),
    databaseOwnerUrl: secret('DatabaseOwnerUrl', lent.databaseOwnerUrl),
    databaseReplicaUrl: lent.databaseReplicaUrl
      ? secret('DatabaseReplicaUrl', lent.databaseReplicaUrl)
      : undefined,
    application: secret('Application', lent.application),
    payments: lent.payments ? secret('Payments', lent.payments) : undefined,
    smsKey: lent.smsKey ? secret('SmsKey', lent.smsKey) : undefined,
    originWord: secret('OriginWord', lent.originWord),
  }
  return { ...foundation, groups, secrets }
}
