import { aws_events as events, aws_iam as iam } from 'aws-cdk-lib'
import type { aws_ecs as ecs, aws_kms as kms } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Environment } from '../settings.ts'
import { bucketName, prefixOf } from '../settings.ts'
import type { Foundation } from './foundation.ts'
import { folders } from './permissions.ts'

/** Folder of the bucket, by day; the slash at the end asks the command for a folder of the day's name. */
export const backupPlace = (environment: Environment): string =>
  `s3://${bucketName(environment, 'backups')}/nightly/`

/** Writes backups and lists the files it names in them; it cannot read a prescription, or its own backups. */
export function grantBackup(role: iam.IRole, environment: Environment, key: kms.IKey): void {
  const allow = (actions: string[], resources: string[], conditions?: Record<string, unknown>) =>
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({ actions, resources, ...(conditions ? { conditions } : {}) }),
    )
  allow(['s3:PutObject'], [`arn:aws:s3:::${bucketName(environment, 'backups')}/nightly/*`])
  for (const purpose of ['prescriptions', 'invoices', 'reports'] as const) {
    allow(['s3:ListBucket'], [`arn:aws:s3:::${bucketName(environment, purpose)}`], {
      StringLike: { 's3:prefix': `${folders[purpose]}*` },
    })
  }
  allow(['kms:GenerateDataKey', 'kms:Decrypt'], [key.keyArn], {
    StringEquals: { 'kms:ViaService': `s3.${environment.region}.amazonaws.com` },
  })
}

/** Starts the backup at 02:15 in India, in the newest release's image: the family is named without a revision. */
export function scheduleBackup(
  scope: Construct,
  environment: Environment,
  foundation: Foundation,
  cluster: ecs.ICluster,
  task: ecs.FargateTaskDefinition,
): void {
  const { account, region } = environment
  const family = `arn:aws:ecs:${region}:${account}:task-definition/${prefixOf(environment)}-backup`
  const role = new iam.Role(scope, 'BackupClockRole', {
    roleName: `${prefixOf(environment)}-backup-clock`,
    assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  })
  role.addToPolicy(
    new iam.PolicyStatement({ actions: ['ecs:RunTask'], resources: [family, `${family}:*`] }),
  )
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [task.taskRole.roleArn, task.obtainExecutionRole().roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    }),
  )
  new events.CfnRule(scope, 'NightlyBackup', {
    name: `${prefixOf(environment)}-backup`,
    description: 'A logical copy of the database every night, beside the recovery RDS keeps',
    scheduleExpression: 'cron(45 20 * * ? *)',
    state: 'ENABLED',
    targets: [
      {
        id: 'backup',
        arn: cluster.clusterArn,
        roleArn: role.roleArn,
        ecsParameters: {
          taskDefinitionArn: family,
          launchType: 'FARGATE',
          networkConfiguration: {
            awsVpcConfiguration: {
              subnets: foundation.vpc.privateSubnets.map(subnet => subnet.subnetId),
              securityGroups: [foundation.groups.migrate.securityGroupId],
              assignPublicIp: 'DISABLED',
            },
          },
        },
      },
    ],
  })
}
