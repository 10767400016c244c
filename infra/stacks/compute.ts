import {
  type aws_logs as logs,
  aws_ecs as ecs,
  aws_servicediscovery as discovery,
  Duration,
} from 'aws-cdk-lib'
import type { aws_elasticloadbalancingv2 as elb } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { prefixOf } from '../settings.ts'
import type { Environment, ServiceScale } from '../settings.ts'
import type { Foundation } from './foundation.ts'
import type { LoadBalancer } from './load-balancer.ts'
import { routeTo } from './load-balancer.ts'
import { grantBackup, scheduleBackup } from './nightly-backup.ts'
import { grantFigures, grantFolders } from './permissions.ts'
import { taskPlans } from './task-plans.ts'
import type { Images } from './task-plans.ts'
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
  /** The names of all worker services, for the release. */
  readonly workers: readonly string[]
  /** The logs in which the server's processes write their figures. */
  readonly logGroups: Readonly<Record<string, logs.ILogGroup>>
}

/** Twenty-five requests a second for each task, over the minute the policy looks at. */
const requestsPerTaskMinute = 1500

/** The services, the migration and the backup of one environment, on one cluster without servers. */
export function createCompute(
  scope: Construct,
  environment: Environment,
  foundation: Foundation,
  loadBalancer: LoadBalancer,
  images: Images,
): Compute {
  const cluster = createCluster(scope, environment, foundation)
  const define = (plan: TaskPlan) => defineTask(scope, environment, plan, foundation.keys.platform)
  const logGroups: Record<string, logs.ILogGroup> = {}
  const run = (
    plan: TaskPlan,
    kind: 'api' | 'worker' | 'shop',
    scale: ServiceScale,
    cloudMapOptions?: ecs.CloudMapOptions,
  ) => {
    const { task, logGroup } = define(plan)
    if (kind !== 'shop') {
      grantFolders(task.taskRole, kind, environment, foundation.keys.records)
      logGroups[plan.id] = logGroup
    }
    if (kind === 'api') grantFigures(task.taskRole)
    return runService(scope, environment, {
      id: plan.id,
      name: plan.name,
      cluster,
      task,
      scale,
      securityGroup: foundation.groups[kind],
      isBalanced: kind !== 'worker',
      ...(cloudMapOptions ? { cloudMapOptions } : {}),
    })
  }
  const plans = taskPlans(environment, foundation, images)
  // The shop finds the API by a private name; ten seconds is shorter than the 30 an old task stays.
  const api = run(plans.api, 'api', environment.api, { name: 'api', dnsTtl: Duration.seconds(10) })
  const worker = run(plans.worker, 'worker', environment.worker)
  for (const { plan, scale } of plans.separate) run(plan, 'worker', scale)
  const shop = run(plans.shop, 'shop', environment.shop)
  const { apiTargets, shopTargets } = balance(loadBalancer, foundation, api, shop)
  const backup = define(plans.backup).task
  grantBackup(backup.taskRole, environment, foundation.keys.records)
  scheduleBackup(scope, environment, foundation, cluster, backup)
  return {
    cluster,
    api: api.service,
    worker: worker.service,
    shop: shop.service,
    migrate: define(plans.migrate).task,
    apiTargets,
    shopTargets,
    workers: [plans.worker, ...plans.separate.map(one => one.plan)].map(one => one.name),
    logGroups,
  }
}

function createCluster(
  scope: Construct,
  environment: Environment,
  foundation: Foundation,
): ecs.ICluster {
  return new ecs.Cluster(scope, 'Cluster', {
    clusterName: prefixOf(environment),
    vpc: foundation.vpc,
    containerInsightsV2: ecs.ContainerInsights.DISABLED,
    defaultCloudMapNamespace: {
      name: `${prefixOf(environment)}.internal`,
      type: discovery.NamespaceType.DNS_PRIVATE,
    },
  }) as ecs.ICluster
}

type Running = ReturnType<typeof runService>

/** The load balancer's two ways in, each scaled by the requests that come through it. */
function balance(loadBalancer: LoadBalancer, { secrets }: Foundation, api: Running, shop: Running) {
  const apiTargets = routeTo(loadBalancer, 'Api', api.service, secrets, {
    priority: 10,
    paths: ['/api/*'],
    healthPath: '/health/ready',
  })
  const shopTargets = routeTo(loadBalancer, 'Shop', shop.service, secrets, {
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
  return { apiTargets, shopTargets }
}
