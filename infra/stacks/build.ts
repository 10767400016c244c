import {
  App,
  aws_ecr as ecr,
  aws_ssm as ssm,
  CfnOutput,
  Stack,
  Tags,
  Validations,
} from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { acknowledge } from '../checks/acknowledgements.ts'
import type { Environment } from '../settings.ts'
import { prefixOf, uploadOrigin } from '../settings.ts'
import { createIdentityProvider } from './account.ts'
import { borrow } from './borrowed.ts'
import { createBudget } from './budget.ts'
import type { Compute } from './compute.ts'
import { createCompute } from './compute.ts'
import { createCopies } from './copy.ts'
import { createDelivery, releaseParameter, repositoryName } from './delivery.ts'
import type { ReleaseProgram } from './delivery.ts'
import { createEdge } from './edge.ts'
import { createFirewall } from './firewall.ts'
import type { Foundation } from './foundation.ts'
import { createFoundation } from './foundation.ts'
import { createLoadBalancer } from './load-balancer.ts'
import { createObservability } from './observability.ts'

/** A finding of CloudFormation's own validation, or of the security rules, stops the synthesis. */
const flags = {
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  '@aws-cdk/core:checkSecretUsage': true,
  '@aws-cdk/core:enablePartitionLiterals': true,
  '@aws-cdk/core:validateSnapshotRemovalPolicy': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-s3:createDefaultLoggingPolicy': true,
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  '@aws-cdk/aws-ecs:removeDefaultDeploymentAlarm': true,
  '@aws-cdk/aws-ecs:reduceEc2FargateCloudWatchPermissions': true,
  '@aws-cdk/aws-rds:databaseProxyUniqueResourceName': true,
  'aws:cdk:version-reporting': false,
  'aws:cdk:enable-path-metadata': false,
}

export interface BuildOptions {
  /** False only where the templates are read and the slow rules have been run elsewhere. */
  readonly isChecked?: boolean
  readonly outdir?: string
}

/** An empty app whose synthesis fails on any finding of either set of rules. */
export function createApp({ isChecked = true, outdir }: BuildOptions = {}): App {
  const app = new App({
    context: flags,
    analyticsReporting: false,
    builtinCloudFormationValidation: isChecked,
    ...(outdir ? { outdir } : {}),
  })
  if (isChecked) Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  return app
}

/**
 * The app of one environment. Four stacks, by how often they change: the account (once), delivery
 * (before the first release), foundation (state, protected) and runtime (every release); a fifth, in
 * another region of India, where a second copy is asked for.
 */
export function buildApp(environment: Environment, options: BuildOptions = {}): App {
  const app = createApp(options)
  const stack = (name: string, description: string, isProtected: boolean, elsewhere?: string) => {
    const built = new Stack(app, `${prefixOf(environment)}-${name}`, {
      env: { account: environment.account, region: elsewhere ?? environment.region },
      description,
      terminationProtection: isProtected,
    })
    Tags.of(built).add('project', 'janta')
    Tags.of(built).add('environment', environment.name)
    return built
  }
  createIdentityProvider(stack('account', 'Trust in GitHub, once for the account', true))
  createDelivery(stack('delivery', 'Image repositories and the release role', true), environment)
  if (environment.copyTo) {
    const where = environment.copyTo.region
    createCopies(stack('copy', 'The second copy of the records', true, where), environment)
  }
  const foundation = createFoundation(
    stack('foundation', 'Network, keys, buckets, database, secrets', true),
    environment,
  )
  createRuntime(
    stack('runtime', 'Tasks, load balancer, edge, alarms', false),
    environment,
    foundation,
  )
  acknowledge(app, environment)
  return app
}

function createRuntime(scope: Stack, environment: Environment, lent: Foundation): void {
  const foundation = borrow(scope, lent)
  const repository = (program: ReleaseProgram) =>
    ecr.Repository.fromRepositoryAttributes(scope, `${program}Images`, {
      repositoryName: repositoryName(environment, program),
      repositoryArn: `arn:aws:ecr:${environment.region}:${environment.account}:repository/${repositoryName(environment, program)}`,
    })
  const tag = (program: ReleaseProgram) =>
    ssm.StringParameter.valueForStringParameter(scope, releaseParameter(environment, program))
  const loadBalancer = createLoadBalancer(
    scope,
    environment,
    foundation.vpc,
    foundation.groups.loadBalancer,
    foundation.buckets.logs,
  )
  const compute = createCompute(scope, environment, foundation, loadBalancer, {
    server: repository('server'),
    shop: repository('shop'),
    serverTag: tag('server'),
    shopTag: tag('shop'),
  })
  createEdge(scope, environment, foundation, loadBalancer.balancer)
  if (environment.hasFirewall) createFirewall(scope, environment, loadBalancer.balancer)
  createObservability(scope, environment, foundation, compute, loadBalancer)
  createBudget(scope, environment, foundation)
  describeRelease(scope, environment, foundation, compute)
}

/** What the pipelines need: the migration's place, the workers' names, and where built pages may send files. */
function describeRelease(
  scope: Stack,
  environment: Environment,
  foundation: Foundation,
  compute: Compute,
): void {
  const outputs = {
    UploadOrigin: uploadOrigin(environment),
    MigrateTaskDefinition: compute.migrate.taskDefinitionArn,
    MigrateTaskSecurityGroup: foundation.groups.migrate.securityGroupId,
    MigrateSubnets: foundation.vpc.privateSubnets.map(subnet => subnet.subnetId).join(','),
    ClusterName: compute.cluster.clusterName,
    Workers: compute.workers.join(','),
  }
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(scope, name, { value })
}
