import { aws_ecs as ecs, aws_servicediscovery as discovery, Duration } from 'aws-cdk-lib'
import type { aws_ecr as ecr, aws_elasticloadbalancingv2 as elb } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { bucketName, containerPort, prefixOf } from '../settings.ts'
import type { Environment } from '../settings.ts'
import type { Foundation } from './foundation.ts'
import type { LoadBalancer } from './load-balancer.ts'
import { routeTo } from './load-balancer.ts'
import { grantFolders } from './permissions.ts'
import type { TaskPlan } from './task.ts'
import { defineTask, runService } from './task.ts'

export interface Compute {
  readonly cluster: ecs.ICluster
  readonly api: ecs.FargateService
  readonly worker: ecs.FargateService
  readonly shop: ecs.FargateService
  readonly migrate: ecs.FargateTaskDefinition
  readonly apiTargets: elb.ApplicationTargetGroup
  readonly shopTargets: elb.ApplicationTargetGroup
}

export interface Images {
  readonly server: ecr.IRepository
  readonly shop: ecr.IRepository
  readonly serverTag: string
  readonly shopTag: string
}

/** A request a second and a half for each task, measured over the minute the policy looks at. */
const requestsPerTaskMinute = 1500

const probe = (path: string) => [
  'CMD',
  'node',
  '-e',
  `fetch('http://127.0.0.1:${containerPort}${path}').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))`,
]

/** The three services and the migration task of one environment, on one cluster without servers. */
export function createCompute(
  scope: Construct,
  environment: Environment,
  foundation: Foundation,
  loadBalancer: LoadBalancer,
  images: Images,
): Compute {
  const cluster = new ecs.Cluster(scope, 'Cluster', {
    clusterName: prefixOf(environment),
    vpc: foundation.vpc,
    containerInsightsV2: ecs.ContainerInsights.DISABLED,
    defaultCloudMapNamespace: {
      name: `${prefixOf(environment)}.internal`,
      type: discovery.NamespaceType.DNS_PRIVATE,
    },
  }) as ecs.ICluster
  const run = (
    plan: TaskPlan,
    name: 'api' | 'worker' | 'shop',
    cloudMapOptions?: ecs.CloudMapOptions,
  ) => {
    const task = defineTask(scope, environment, plan)
    if (name !== 'shop') grantFolders(task.taskRole, name, environment, foundation.keys.records)
    return runService(scope, environment, {
      id: plan.id,
      name,
      cluster,
      task,
      scale: environment[name],
      securityGroup: foundation.groups[name],
      isBalanced: name !== 'worker',
      ...(cloudMapOptions ? { cloudMapOptions } : {}),
    })
  }
  const plans = taskPlans(environment, foundation, images)
  // The shop finds the API by a private name; ten seconds is shorter than the 30 an old task stays.
  const api = run(plans.api, 'api', { name: 'api', dnsTtl: Duration.seconds(10) })
  const worker = run(plans.worker, 'worker')
  const shop = run(plans.shop, 'shop')
  const apiTargets = routeTo(loadBalancer, 'Api', api.service, foundation.secrets, {
    priority: 10,
    paths: ['/api/*'],
    healthPath: '/health/ready',
  })
  const shopTargets = routeTo(loadBalancer, 'Shop', shop.service, foundation.secrets, {
    priority: 20,
    paths: ['/*'],
    healthPath: '/health/live',
  })
  for (const [scaled, targetGroup] of [
    [api, apiTargets],
    [shop, shopTargets],
  ] as const) {
    scaled.scaling.scaleOnRequestCount('Requests', {
      requestsPerTarget: requestsPerTaskMinute,
      targetGroup,
    })
  }
  return {
    cluster,
    api: api.service,
    worker: worker.service,
    shop: shop.service,
    migrate: defineTask(scope, environment, plans.migrate),
    apiTargets,
    shopTargets,
  }
}

/** What each program is told. The names are the ones the server reads on any machine. */
function taskPlans(
  environment: Environment,
  foundation: Foundation,
  images: Images,
): Record<'api' | 'worker' | 'shop' | 'migrate', TaskPlan> {
  const { secrets } = foundation
  const server = { image: images.server, imageTag: images.serverTag }
  const databaseUrl = { DATABASE_URL: ecs.Secret.fromSecretsManager(secrets.databaseUrl) }
  const replicaUrl = secrets.databaseReplicaUrl
    ? { DATABASE_REPLICA_URL: ecs.Secret.fromSecretsManager(secrets.databaseReplicaUrl) }
    : {}
  const application = {
    APPLICATION_SECRETS: ecs.Secret.fromSecretsManager(secrets.application),
  }
  const serverEnvironment = {
    PORT: String(containerPort),
    AWS_REGION: environment.region,
    SHOP_ORIGIN: `https://${environment.hosts.shop}`,
    COUNTER_ORIGIN: `https://${environment.hosts.counter}`,
    S3_BUCKET_QUARANTINE: bucketName(environment, 'quarantine'),
    S3_BUCKET_PRESCRIPTIONS: bucketName(environment, 'prescriptions'),
    S3_BUCKET_INVOICES: bucketName(environment, 'invoices'),
    S3_BUCKET_REPORTS: bucketName(environment, 'reports'),
    S3_BUCKET_ASSETS: bucketName(environment, 'assets'),
    ...foundation.addresses,
  }
  const asServer = {
    ...server,
    environment: serverEnvironment,
    secrets: { ...databaseUrl, ...replicaUrl, ...application },
  }
  return {
    api: {
      ...asServer,
      id: 'Api',
      name: 'api',
      command: ['web'],
      size: environment.api,
      healthCommand: probe('/health/live'),
    },
    worker: {
      ...asServer,
      id: 'Worker',
      name: 'worker',
      command: ['worker'],
      size: environment.worker,
      healthCommand: undefined,
    },
    migrate: {
      ...server,
      id: 'Migrate',
      name: 'migrate',
      command: ['migrate'],
      size: { cpu: 256, memoryMiB: 512 },
      environment: {},
      secrets: {
        ...databaseUrl,
        DATABASE_OWNER_URL: ecs.Secret.fromSecretsManager(secrets.databaseOwnerUrl),
      },
      healthCommand: undefined,
    },
    shop: {
      id: 'Shop',
      name: 'shop',
      image: images.shop,
      imageTag: images.shopTag,
      command: ['node', 'build/index.js'],
      size: environment.shop,
      environment: {
        PORT: String(containerPort),
        ORIGIN: `https://${environment.hosts.shop}`,
        API_URL: `http://api.${prefixOf(environment)}.internal:${containerPort}`,
      },
      secrets: {},
      healthCommand: probe('/health/live'),
    },
  }
}
