import type { aws_ec2 as ec2, aws_sns as sns } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Environment } from '../settings.ts'
import { createAlarmTopic } from './alarm-topic.ts'
import type { Database } from './data.ts'
import { createCache, createDatabase } from './data.ts'
import { createKeys } from './keys.ts'
import type { Keys } from './keys.ts'
import { createNetwork } from './network.ts'
import type { Secrets } from './secrets.ts'
import { createSecrets } from './secrets.ts'
import type { SecurityGroups } from './security-groups.ts'
import { createSecurityGroups } from './security-groups.ts'
import type { Buckets } from './storage.ts'
import { createBuckets } from './storage.ts'
import { createTrail } from './trail.ts'

export interface Foundation {
  readonly keys: Keys
  readonly alarms: sns.Topic
  readonly vpc: ec2.IVpc
  readonly groups: SecurityGroups
  readonly buckets: Buckets
  readonly database: Database
  readonly secrets: Secrets
  /** Addresses of the optional parts, under the names the server reads; empty when all are off. */
  readonly addresses: Record<string, string>
}

/** What holds state or everybody's way in and out. It changes a few times a year and is protected. */
export function createFoundation(scope: Construct, environment: Environment): Foundation {
  const keys = createKeys(scope, environment)
  const alarms = createAlarmTopic(scope, environment, keys.platform)
  const vpc = createNetwork(scope, environment, alarms)
  const groups = createSecurityGroups(scope, vpc, environment)
  const buckets = createBuckets(scope, environment, keys.records)
  createTrail(scope, environment, buckets)
  const database = createDatabase(scope, environment, vpc, groups.database, keys.platform)
  const secrets = createSecrets(scope, environment, keys.platform)
  const addresses: Record<string, string> = {}
  if (groups.cache) {
    const cache = createCache(scope, environment, vpc, groups.cache, keys.platform)
    addresses['REDIS_URL'] = `rediss://${cache.attrPrimaryEndPointAddress}:6379`
  }
  return { keys, alarms, vpc, groups, buckets, database, secrets, addresses }
}
