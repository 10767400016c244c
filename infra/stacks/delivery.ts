import {
  aws_ecr as ecr,
  aws_iam as iam,
  aws_ssm as ssm,
  Duration,
  RemovalPolicy,
} from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Environment } from '../settings.ts'
import { bucketName, prefixOf, workerNames } from '../settings.ts'

/** An image can be rolled back to for this many releases. */
const imagesKept = 20

export const releasePrograms = ['server', 'shop'] as const

export type ReleaseProgram = (typeof releasePrograms)[number]

/** Where the released tag of a program is written down, so that a change of infrastructure keeps it. */
export const releaseParameter = (environment: Environment, program: ReleaseProgram): string =>
  `/${prefixOf(environment)}/release/${program}`

export const repositoryName = (environment: Environment, program: ReleaseProgram): string =>
  `${prefixOf(environment)}-${program}`

/**
 * What must exist before the first release: the image repositories, the note of what is released,
 * and the role a GitHub job borrows for an hour. There is no long-lived key anywhere.
 */
export function createDelivery(scope: Construct, environment: Environment): iam.Role {
  const repositories = releasePrograms.map(
    program =>
      new ecr.Repository(scope, `${program}Images`, {
        repositoryName: repositoryName(environment, program),
        imageScanOnPush: true,
        imageTagMutability: ecr.TagMutability.IMMUTABLE,
        encryption: ecr.RepositoryEncryption.AES_256,
        lifecycleRules: [{ maxImageCount: imagesKept }],
        removalPolicy: RemovalPolicy.RETAIN,
      }),
  )
  for (const program of releasePrograms) {
    new ssm.StringParameter(scope, `${program}Release`, {
      parameterName: releaseParameter(environment, program),
      description: 'Tag of the released image; written by the release, read by the runtime stack',
      stringValue: 'first',
    })
  }
  createPreviewRole(scope, environment)
  const role = createRole(scope, environment, {
    id: 'ReleaseRole',
    name: 'release',
    gitHubEnvironment: environment.name,
    description: 'Borrowed by the release job of this repository, in this GitHub environment only',
  })
  for (const repository of repositories) repository.grantPullPush(role)
  for (const statement of releaseStatements(environment)) role.addToPolicy(statement)
  return role
}

/** Shows what a change of infrastructure would do: it may read the deployed templates, nothing else. */
function createPreviewRole(scope: Construct, environment: Environment): void {
  const { account, region } = environment
  createRole(scope, environment, {
    id: 'PreviewRole',
    name: 'preview',
    gitHubEnvironment: `${environment.name}-preview`,
    description: 'Borrowed to compare the templates of a change with those deployed',
  }).addToPolicy(
    new iam.PolicyStatement({
      actions: ['sts:AssumeRole'],
      resources: [`arn:aws:iam::${account}:role/cdk-hnb659fds-lookup-role-${account}-${region}`],
    }),
  )
}

function createRole(
  scope: Construct,
  environment: Environment,
  plan: { id: string; name: string; gitHubEnvironment: string; description: string },
): iam.Role {
  const issuer = 'token.actions.githubusercontent.com'
  // An account holds one provider for an issuer, shared by every environment in it.
  const provider = `arn:aws:iam::${environment.account}:oidc-provider/${issuer}`
  return new iam.Role(scope, plan.id, {
    roleName: `${prefixOf(environment)}-${plan.name}`,
    description: plan.description,
    maxSessionDuration: Duration.hours(1),
    assumedBy: new iam.WebIdentityPrincipal(provider, {
      StringEquals: {
        [`${issuer}:aud`]: 'sts.amazonaws.com',
        [`${issuer}:sub`]: `repo:${environment.repository}:environment:${plan.gitHubEnvironment}`,
      },
    }),
  })
}

/** A release may replace programs and files; it may not touch the network, the data or a permission. */
function releaseStatements(environment: Environment): iam.PolicyStatement[] {
  const name = prefixOf(environment)
  const inEcs = (kind: string) => `arn:aws:ecs:${environment.region}:${environment.account}:${kind}`
  const assets = `arn:aws:s3:::${bucketName(environment, 'assets')}`
  return [
    new iam.PolicyStatement({
      actions: ['ecs:UpdateService', 'ecs:DescribeServices'],
      resources: ['api', ...workerNames(environment), 'shop'].map(task =>
        inEcs(`service/${name}/${name}-${task}`),
      ),
    }),
    new iam.PolicyStatement({
      actions: ['ecs:RunTask'],
      resources: [inEcs(`task-definition/${name}-migrate:*`)],
    }),
    new iam.PolicyStatement({
      actions: ['ecs:DescribeTasks'],
      resources: [inEcs(`task/${name}/*`)],
    }),
    // ECS offers no narrower resource for these two.
    new iam.PolicyStatement({
      actions: ['ecs:RegisterTaskDefinition', 'ecs:DescribeTaskDefinition'],
      resources: ['*'],
    }),
    new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: taskRoleNames(environment).map(
        role => `arn:aws:iam::${environment.account}:role/${role}`,
      ),
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    }),
    new iam.PolicyStatement({
      actions: ['ssm:GetParameter', 'ssm:PutParameter'],
      resources: releasePrograms.map(
        program =>
          `arn:aws:ssm:${environment.region}:${environment.account}:parameter${releaseParameter(environment, program)}`,
      ),
    }),
    new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [assets] }),
    new iam.PolicyStatement({
      actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
      resources: [`${assets}/counter/*`, `${assets}/shop/*`],
    }),
    // The id of a distribution is not known here, so its environment tag is what limits this.
    new iam.PolicyStatement({
      actions: ['cloudfront:CreateInvalidation'],
      resources: [`arn:aws:cloudfront::${environment.account}:distribution/*`],
      conditions: { StringEquals: { 'aws:ResourceTag/environment': environment.name } },
    }),
  ]
}

/** The two roles of every task, by the fixed names the runtime stack gives them. */
export const taskRoleNames = (environment: Environment): string[] =>
  ['api', ...workerNames(environment), 'shop', 'migrate', 'backup'].flatMap(task => [
    `${prefixOf(environment)}-${task}-task`,
    `${prefixOf(environment)}-${task}-start`,
  ])
