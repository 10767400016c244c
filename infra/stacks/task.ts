import {
  aws_ec2 as ec2,
  aws_ecs as ecs,
  aws_iam as iam,
  aws_logs as logs,
  Duration,
  RemovalPolicy,
} from 'aws-cdk-lib'
import type { aws_ecr as ecr, aws_kms as kms } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Environment, ServiceScale, TaskSize } from '../settings.ts'
import { containerPort, prefixOf } from '../settings.ts'

/** What one kind of task is: its program, its size, what it is told and what it may know. */
export interface TaskPlan {
  readonly id: string
  readonly name: string
  readonly image: ecr.IRepository
  readonly imageTag: string
  readonly command: string[]
  readonly size: TaskSize
  readonly environment: Record<string, string>
  readonly secrets: Record<string, ecs.Secret>
  /** Undefined for a task nobody calls. */
  readonly healthCommand: string[] | undefined
}

export interface DefinedTask {
  readonly task: ecs.FargateTaskDefinition
  readonly logGroup: logs.ILogGroup
}

/** The share of a task's memory given to JavaScript objects; the rest is buffers, images and Node itself. */
const heapShare = 0.75

/**
 * A container that runs as nobody on a root it cannot write, on ARM64, with its own log group and
 * its own two roles, and has 60 seconds to finish what it started.
 */
export function defineTask(
  scope: Construct,
  environment: Environment,
  plan: TaskPlan,
  secretsKey: kms.IKey,
): DefinedTask {
  const startRole = taskRole(scope, environment, plan, 'start')
  if (Object.keys(plan.secrets).length > 0) allowDecrypt(startRole, environment, secretsKey)
  const task = new ecs.FargateTaskDefinition(scope, `${plan.id}Task`, {
    family: `${prefixOf(environment)}-${plan.name}`,
    taskRole: taskRole(scope, environment, plan, 'task'),
    executionRole: startRole,
    cpu: plan.size.cpu,
    memoryLimitMiB: plan.size.memoryMiB,
    runtimePlatform: {
      cpuArchitecture: ecs.CpuArchitecture.ARM64,
      operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
    },
    volumes: [{ name: 'tmp' }],
  })
  const logGroup = new logs.LogGroup(scope, `${plan.id}Log`, {
    logGroupName: `/${prefixOf(environment)}/${plan.name}`,
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  })
  const container = task.addContainer('app', {
    image: ecs.ContainerImage.fromEcrRepository(plan.image, plan.imageTag),
    command: plan.command,
    user: '10001:10001',
    readonlyRootFilesystem: true,
    stopTimeout: Duration.seconds(60),
    logging: ecs.LogDrivers.awsLogs({
      streamPrefix: plan.name,
      mode: ecs.AwsLogDriverMode.NON_BLOCKING,
      logGroup,
    }),
    environment: {
      NODE_ENV: 'production',
      NODE_OPTIONS: `--max-old-space-size=${Math.floor(plan.size.memoryMiB * heapShare)}`,
      ...plan.environment,
    },
    secrets: plan.secrets,
    ...(plan.healthCommand
      ? {
          portMappings: [{ containerPort }],
          healthCheck: {
            command: plan.healthCommand,
            interval: Duration.seconds(15),
            timeout: Duration.seconds(5),
            retries: 3,
            startPeriod: Duration.seconds(30),
          },
        }
      : {}),
  })
  container.addMountPoints({ containerPath: '/tmp', sourceVolume: 'tmp', readOnly: false })
  return { task, logGroup }
}

/** `task` is what the program may do; `start` is what ECS may do to start it: pull, read secrets, log. */
function taskRole(
  scope: Construct,
  environment: Environment,
  plan: TaskPlan,
  part: 'task' | 'start',
): iam.Role {
  return new iam.Role(scope, `${plan.id}${part === 'task' ? 'TaskRole' : 'StartRole'}`, {
    roleName: `${prefixOf(environment)}-${plan.name}-${part}`,
    assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': environment.account },
        ArnLike: { 'aws:SourceArn': `arn:aws:ecs:${environment.region}:${environment.account}:*` },
      },
    }),
  })
}

/** The key that secrets are kept under, through Secrets Manager and in no other way. */
function allowDecrypt(role: iam.Role, environment: Environment, key: kms.IKey): void {
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [key.keyArn],
      conditions: {
        StringEquals: { 'kms:ViaService': `secretsmanager.${environment.region}.amazonaws.com` },
      },
    }),
  )
}

/** Above this share of its CPU a service gets another task; see the scaling signals in the cost model. */
const cpuTargetPercent = 60

/** A service that replaces its tasks without losing one, and undoes a release that does not start. */
export function runService(
  scope: Construct,
  environment: Environment,
  plan: {
    readonly id: string
    readonly name: string
    readonly cluster: ecs.ICluster
    readonly task: ecs.FargateTaskDefinition
    readonly scale: ServiceScale
    readonly securityGroup: ec2.ISecurityGroup
    readonly isBalanced: boolean
    readonly cloudMapOptions?: ecs.CloudMapOptions
  },
): { service: ecs.FargateService; scaling: ecs.ScalableTaskCount } {
  const service = new ecs.FargateService(scope, `${plan.id}Service`, {
    serviceName: `${prefixOf(environment)}-${plan.name}`,
    cluster: plan.cluster,
    taskDefinition: plan.task,
    assignPublicIp: false,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
    securityGroups: [plan.securityGroup],
    circuitBreaker: { enable: true, rollback: true },
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    enableECSManagedTags: true,
    propagateTags: ecs.PropagatedTagSource.SERVICE,
    ...(plan.isBalanced ? { healthCheckGracePeriod: Duration.seconds(60) } : {}),
    ...(plan.cloudMapOptions ? { cloudMapOptions: plan.cloudMapOptions } : {}),
  })
  // Without this the first tasks may start before their role may pull, and the breaker gives up.
  service.node.addDependency(...(plan.task.executionRole ? [plan.task.executionRole] : []))
  const scaling = service.autoScaleTaskCount({
    minCapacity: plan.scale.least,
    maxCapacity: plan.scale.most,
  })
  scaling.scaleOnCpuUtilization('Cpu', {
    targetUtilizationPercent: cpuTargetPercent,
    scaleInCooldown: Duration.minutes(5),
    scaleOutCooldown: Duration.minutes(1),
  })
  return { service, scaling }
}
