import type { App } from 'aws-cdk-lib'
import { Stack, Validations } from 'aws-cdk-lib'
import type { Environment } from '../settings.ts'
import { bucketName, copyBucketName, prefixOf } from '../settings.ts'
import { copied } from '../stacks/copy.ts'
import { folderGrants, folders } from '../stacks/permissions.ts'

/** A finding of the AwsSolutions rules that we looked at and keep, with the reason we keep it. */
export interface Acknowledgement {
  readonly stack: 'foundation' | 'runtime' | 'delivery' | 'copy'
  readonly rule: string
  readonly reason: string
}

/** Every kept finding of one environment. A test fails for one that no longer occurs. */
export function acknowledgements(environment: Environment): Acknowledgement[] {
  return [
    ...standing(),
    ...optional(environment),
    ...folderWildcards(environment),
    ...backupWildcards(environment),
    ...copyFindings(environment),
    ...releaseWildcards(environment),
  ]
}

function standing(): Acknowledgement[] {
  return [
    {
      stack: 'foundation',
      rule: 'RDS11',
      reason:
        'Port 5432 is open to three security groups inside isolated subnets; hiding it hides nothing.',
    },
    {
      stack: 'foundation',
      rule: 'SMG4',
      reason:
        'RDS rotates the master password by itself. Connection addresses and partner keys are changed by the operator, with the partner, at a release.',
    },
    {
      stack: 'runtime',
      rule: 'ECS2',
      reason:
        'What is given in the clear is names and addresses; every secret comes from Secrets Manager.',
    },
    {
      stack: 'runtime',
      rule: 'ECS4',
      reason:
        'Container Insights is billed for each metric; CPU, memory and request alarms need none of it.',
    },
    {
      stack: 'runtime',
      rule: 'CFR1',
      reason:
        'No country is shut out: payment gateways call our webhooks from wherever they run, and the restriction is one for all paths.',
    },
    {
      stack: 'runtime',
      rule: 'CFR2',
      reason:
        'The optional firewall stands at the load balancer, the only origin with a program behind it.',
    },
    {
      stack: 'runtime',
      rule: 'IAM5[Resource::*]',
      reason:
        'ecr:GetAuthorizationToken and cloudwatch:GetMetricData take no resource; nothing else is granted on it.',
    },
    {
      stack: 'delivery',
      rule: 'IAM5[Resource::*]',
      reason:
        'Registering and describing a task definition, and the registry token, take no resource.',
    },
  ]
}

function optional(environment: Environment): Acknowledgement[] {
  const { isMultiAz, hasReplica } = environment.database
  const found: Acknowledgement[] = []
  if (!isMultiAz || hasReplica) {
    found.push({
      stack: 'foundation',
      rule: 'RDS3',
      reason:
        'A pilot accepts an hour without a database; a replica may be lost, the primary is Multi-AZ.',
    })
  }
  if (hasReplica) {
    found.push({
      stack: 'foundation',
      rule: 'RDS2',
      reason:
        'A replica takes the encryption and key of its source; CloudFormation refuses to be told so.',
    })
  }
  if (environment.hasCache) {
    found.push(
      {
        stack: 'foundation',
        rule: 'AEC4',
        reason:
          'A cache that vanishes costs time, never an answer; a second node would double its price.',
      },
      {
        stack: 'foundation',
        rule: 'AEC6',
        reason:
          'TLS, and reachable from two security groups only; everything in it is also in PostgreSQL.',
      },
    )
  }
  return found
}

function backupWildcards(environment: Environment): Acknowledgement[] {
  const { account, region } = environment
  const family = `arn:aws:ecs:${region}:${account}:task-definition/${prefixOf(environment)}-backup`
  const kept = (resource: string, reason: string): Acknowledgement => ({
    stack: 'runtime',
    rule: `IAM5[Resource::${resource}]`,
    reason,
  })
  return [
    kept(
      `arn:aws:s3:::${bucketName(environment, 'backups')}/nightly/*`,
      'One folder, to write in.',
    ),
    kept(`${family}:*`, 'Any revision of the backup task alone: the newest release’s.'),
  ]
}

function copyFindings(environment: Environment): Acknowledgement[] {
  if (!environment.copyTo) return []
  const purposes = Object.keys(copied)
  const files = [bucketName, copyBucketName].flatMap(nameOf =>
    purposes.map(purpose => `arn:aws:s3:::${nameOf(environment, purpose)}/*`),
  )
  return [
    {
      stack: 'copy',
      rule: 'S1',
      reason: 'Only S3’s own copying writes here; who opens a copy stands in the trail.',
    },
    ...files.map(
      (resource): Acknowledgement => ({
        stack: 'foundation',
        rule: `IAM5[Resource::${resource}]`,
        reason: 'Every file of a copied bucket, by the role only S3 may take.',
      }),
    ),
  ]
}

/** A folder is a prefix, and a prefix needs its star. */
function folderWildcards(environment: Environment): Acknowledgement[] {
  const buckets = new Set([...folderGrants.api, ...folderGrants.worker].map(grant => grant.bucket))
  return [...buckets].map(bucket => ({
    stack: 'runtime',
    rule: `IAM5[Resource::arn:aws:s3:::${bucketName(environment, bucket)}/${folders[bucket]}*]`,
    reason: `One folder of one bucket: ${folders[bucket]}`,
  }))
}

function releaseWildcards(environment: Environment): Acknowledgement[] {
  const name = prefixOf(environment)
  const ecs = `arn:aws:ecs:${environment.region}:${environment.account}`
  const assets = `arn:aws:s3:::${bucketName(environment, 'assets')}`
  const kept = (resource: string, reason: string): Acknowledgement => ({
    stack: 'delivery',
    rule: `IAM5[Resource::${resource}]`,
    reason,
  })
  return [
    kept(`${ecs}:task-definition/${name}-migrate:*`, 'Any revision of the migration task alone.'),
    kept(`${ecs}:task/${name}/*`, 'Tasks of this cluster: waits for the migration it started.'),
    kept(`${assets}/counter/*`, 'The files of the counter.'),
    kept(`${assets}/shop/*`, 'The static files of the shop.'),
    kept(
      `arn:aws:cloudfront::${environment.account}:distribution/*`,
      'Limited by the environment tag; the id is not known when the role is made.',
    ),
  ]
}

/** Tells the rules which findings are kept; all others stop the synthesis. */
export function acknowledge(app: App, environment: Environment): void {
  for (const { stack, rule, reason } of acknowledgements(environment)) {
    const scope = app.node.findChild(`${prefixOf(environment)}-${stack}`)
    if (!Stack.isStack(scope)) throw new Error(`${stack} is not a stack`)
    Validations.of(scope).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason })
  }
}
