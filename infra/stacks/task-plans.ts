import { aws_ecs as ecs } from 'aws-cdk-lib'
import type { aws_ecr as ecr } from 'aws-cdk-lib'
import type { Environment, SeparateWorker, TaskSize } from '../settings.ts'
import { bucketName, containerPort, prefixOf, scannerPort } from '../settings.ts'
import type { Foundation } from './foundation.ts'
import { backupPlace } from './nightly-backup.ts'
import { paymentWords } from './secrets.ts'
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

/** For what runs a few minutes: the migration and the backup. */
const leastSize: TaskSize = { cpu: 256, memoryMiB: 512 }

/** The programs: those of the server's one image by their command, and the shop. */
export function taskPlans(
  environment: Environment,
  foundation: Foundation,
  images: Images,
): Record<'api' | 'worker' | 'shop' | 'migrate' | 'backup', TaskPlan> & {
  readonly separate: readonly { readonly plan: TaskPlan; readonly scale: SeparateWorker }[]
} {
  const told = serverEnvironment(environment, foundation)
  const plan = (
    name: string,
    command: string[],
    size: TaskSize,
    { secrets, environment: more }: Pick<TaskPlan, 'secrets' | 'environment'>,
    healthCommand?: string[],
  ): TaskPlan => ({
    id: name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    name,
    image: images.server,
    imageTag: images.serverTag,
    command,
    size,
    // The advisor judges each process by what it was given.
    environment: {
      ...told,
      ...more,
      TASK_CPU_UNITS: String(size.cpu),
      TASK_MEMORY_MIB: String(size.memoryMiB),
    },
    secrets,
    healthCommand,
  })
  const secrets = serverSecrets(foundation)
  const texts = textSettings(environment, foundation)
  // What customers meet: it takes their money and tells them how their order stands.
  const serving = {
    secrets: { ...secrets, ...paymentSecrets(foundation), ...texts.secrets },
    environment: texts.environment,
  }
  const owner = ecs.Secret.fromSecretsManager(foundation.secrets.databaseOwnerUrl)
  const owning = { secrets: { ...secrets, DATABASE_OWNER_URL: owner }, environment: {} }
  return {
    api: plan('api', ['web'], environment.api, serving, probe('/health/live')),
    worker: plan('worker', ['worker', ...leftOut(environment)], environment.worker, serving),
    separate: Object.entries(environment.separateWorkers).map(([name, scale]) => ({
      scale,
      plan: plan(`worker-${name}`, ['worker', `--only=${scale.modules.join(',')}`], scale, serving),
    })),
    backup: plan('backup', ['backup', backupPlace(environment)], leastSize, owning),
    migrate: plan('migrate', ['migrate'], leastSize, owning),
    shop: shopPlan(environment, images),
  }
}

/** The worker takes what no separate worker takes, so that every job has exactly one kind of worker. */
function leftOut({ separateWorkers }: Environment): string[] {
  const modules = Object.values(separateWorkers).flatMap(one => one.modules)
  return modules.length > 0 ? [`--except=${modules.join(',')}`] : []
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
    ...(environment.virusScanner && {
      CLAMD_URL: `tcp://${environment.virusScanner}:${scannerPort}`,
    }),
    ...traced(environment),
    ...foundation.addresses,
  }
}

/** Shop and server send to one collector, so that a page and what it caused are one trace. */
function traced({ traceCollector }: Environment): Record<string, string> {
  return traceCollector ? { OTEL_EXPORTER_OTLP_ENDPOINT: traceCollector } : {}
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

/** Orders are paid through the API, which also takes the webhooks; refunds and reconciling are jobs. */
function paymentSecrets({ secrets }: Foundation): Record<string, ecs.Secret> {
  const { payments } = secrets
  if (!payments) return {}
  return Object.fromEntries(
    paymentWords.map(name => [name, ecs.Secret.fromSecretsManager(payments, name)]),
  )
}

/** All four settings of the text messages or none: the server starts with nothing between. */
function textSettings(
  { textProvider }: Environment,
  { secrets }: Foundation,
): Pick<TaskPlan, 'secrets' | 'environment'> {
  if (!textProvider || !secrets.smsKey) return { secrets: {}, environment: {} }
  const { url, header, templateIds } = textProvider
  return {
    secrets: { SMS_KEY: ecs.Secret.fromSecretsManager(secrets.smsKey) },
    environment: {
      SMS_URL: url,
      SMS_HEADER: header,
      SMS_TEMPLATE_IDS: JSON.stringify(templateIds),
    },
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
      ...traced(environment),
    },
    secrets: {},
    healthCommand: probe('/health/live'),
  }
}
