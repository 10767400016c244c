import { aws_ecs as ecs, aws_servicediscovery as discovery, Duration } from 'aws-cdk-lib'
import type { aws_elasticloadbalancingv2 as elb } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { prefixOf } from '../settings.ts'
import type { Environment } from '../settings.ts'
import type { Foundation } from './foundation.ts'
import type { LoadBalancer } from './load-balancer.ts'
import { routeTo } from './load-balancer.ts'
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
}

/** Twenty-five requests a second for each task, over the minute the policy looks at. */
const requestsPerTaskMinute = 1500

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
  const define = (plan: TaskPlan) => defineTask(scope, environment, plan, foundation.keys.platform)
  const run = (
    plan: TaskPlan,
    name: 'api' | 'worker' | 'shop',
    cloudMapOptions?: ecs.CloudMapOptions,
  ) => {
    const task = define(plan)
    if (name !== 'shop') grantFolders(task.taskRole, name, environment, foundation.keys.records)
    if (name === 'api') grantFigures(task.taskRole)
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
    migrate: define(plans.migrate),
    apiTargets,
    shopTargets,
  }
}
