import { aws_ecs as ecs } from 'aws-cdk-lib'
import type { aws_ecr as ecr } from 'aws-cdk-lib'
import type { Environment, TaskSize } from '../settings.ts'
import { bucketName, containerPort, prefixOf } from '../settings.ts'
import type { Foundation } from './foundation.ts'
import type { TaskPlan } from './task.ts'

export interface Images {
  readonly server: ecr.IRepository
  readonly shop: ecr.IRepository
  readonly serverTag: string
  readonly shopTag: string
}

/** Where the server image keeps the certificates by which it knows the database. */
export const databaseCaFile = '/app/certificates/rds-global-bundle.pem'

const probe = (path: string) => [
  'CMD',
  'node',
  '-e',
  `fetch('http://127.0.0.1:${containerPort}${path}').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))`,
]

/** The four programs: three from one image by their command, and the shop. */
export function taskPlans(
  environment: Environment,
  foundation: Foundation,
  images: Images,
): Record<'api' | 'worker' | 'shop' | 'migrate', TaskPlan> {
  const server = {
    image: images.server,
    imageTag: images.serverTag,
    environment: serverEnvironment(environment, foundation),
  }
  // The advisor judges each process by what it was given.
  const given = (size: TaskSize) => ({
    ...server.environment,
    TASK_CPU_UNITS: String(size.cpu),
    TASK_MEMORY_MIB: String(size.memoryMiB),
  })
  const secrets = serverSecrets(foundation)
  const owner = ecs.Secret.fromSecretsManager(foundation.secrets.databaseOwnerUrl)
  return {
    api: {
      ...server,
      id: 'Api',
      name: 'api',
      command: ['web'],
      size: environment.api,
      environment: given(environment.api),
      secrets,
      healthCommand: probe('/health/live'),
    },
    worker: {
      ...server,
      id: 'Worker',
      name: 'worker',
      command: ['worker'],
      size: environment.worker,
      environment: given(environment.worker),
      secrets,
      healthCommand: undefined,
    },
    migrate: {
      ...server,
      id: 'Migrate',
      name: 'migrate',
      command: ['migrate'],
      size: { cpu: 256, memoryMiB: 512 },
      secrets: { ...secrets, DATABASE_OWNER_URL: owner },
      healthCommand: undefined,
    },
    shop: shopPlan(environment, images),
  }
}

/** Names and addresses only: whoever can read a task definition learns nothing worth keeping. */
function serverEnvironment(
  environment: Environment,
  foundation: Foundation,
): Record<string, string> {
  return {
    JANTA_MODE: 'production',
    PORT: String(containerPort),
    PUBLIC_URL: `https://${environment.hosts.shop}`,
    COUNTER_URL: `https://${environment.hosts.counter}`,
    DATABASE_CA_FILE: databaseCaFile,
    S3_REGION: environment.region,
    S3_BUCKET: bucketName(environment, 'prescriptions'),
    S3_BUCKET_QUARANTINE: bucketName(environment, 'quarantine'),
    S3_BUCKET_PRESCRIPTIONS: bucketName(environment, 'prescriptions'),
    S3_BUCKET_INVOICES: bucketName(environment, 'invoices'),
    S3_BUCKET_REPORTS: bucketName(environment, 'reports'),
    S3_BUCKET_ASSETS: bucketName(environment, 'assets'),
    INSTALLATION: prefixOf(environment),
    DATABASE_SIZE: environment.database.size,
    DATABASE_MULTI_AZ: environment.database.isMultiAz ? 'yes' : 'no',
    API_TASKS_LEAST: String(environment.api.least),
    ...foundation.addresses,
  }
}

function serverSecrets({ secrets }: Foundation): Record<string, ecs.Secret> {
  return {
    DATABASE_URL: ecs.Secret.fromSecretsManager(secrets.databaseUrl),
    SECRET_KEY: ecs.Secret.fromSecretsManager(secrets.application, 'SECRET_KEY'),
    ...(secrets.databaseReplicaUrl
      ? { DATABASE_REPLICA_URL: ecs.Secret.fromSecretsManager(secrets.databaseReplicaUrl) }
      : {}),
  }
}

/** The shop holds no secret: it forwards the visitor's own cookie and knows nothing else. */
function shopPlan(environment: Environment, images: Images): TaskPlan {
  return {
    id: 'Shop',
    name: 'shop',
    image: images.shop,
    imageTag: images.shopTag,
    command: ['start.ts'],
    size: environment.shop,
    environment: {
      PORT: String(containerPort),
      PUBLIC_URL: `https://${environment.hosts.shop}`,
      API_URL: `http://api.${prefixOf(environment)}.internal:${containerPort}`,
    },
    secrets: {},
    healthCommand: probe('/health/live'),
  }
}
