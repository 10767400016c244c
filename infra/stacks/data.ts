import {
  aws_ec2 as ec2,
  aws_elasticache as elasticache,
  aws_logs as logs,
  aws_rds as rds,
  Duration,
  RemovalPolicy,
} from 'aws-cdk-lib'
import type { aws_kms as kms } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Environment } from '../settings.ts'
import { prefixOf } from '../settings.ts'

const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 })

const instanceSizes = {
  micro: ec2.InstanceSize.MICRO,
  small: ec2.InstanceSize.SMALL,
  medium: ec2.InstanceSize.MEDIUM,
  large: ec2.InstanceSize.LARGE,
}

/** Beyond this the operator decides; storage that was grown cannot be shrunk. */
const storageGbMax = 100

/** A tablet lost on Sunday is noticed by the second Monday. */
const backupDays = 14

export interface Database {
  readonly primary: rds.DatabaseInstance
  readonly replica: rds.DatabaseInstanceReadReplica | undefined
}

/**
 * PostgreSQL 17 in subnets without a way out: encrypted, TLS or nothing, any second of the last 14
 * days restorable, not deletable by mistake. RDS keeps and rotates the master password itself; no
 * task ever sees it.
 */
export function createDatabase(
  scope: Construct,
  environment: Environment,
  vpc: ec2.IVpc,
  securityGroup: ec2.ISecurityGroup,
  key: kms.IKey,
): Database {
  const name = prefixOf(environment)
  const logGroup = new logs.LogGroup(scope, 'DatabaseLog', {
    logGroupName: `/aws/rds/instance/${name}/postgresql`,
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  })
  const instance = {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    securityGroups: [securityGroup],
    instanceType: ec2.InstanceType.of(
      ec2.InstanceClass.T4G,
      instanceSizes[environment.database.size],
    ),
    publiclyAccessible: false,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.SNAPSHOT,
    iamAuthentication: true,
    caCertificate: rds.CaCertificate.RDS_CA_RSA2048_G1,
    copyTagsToSnapshot: true,
    autoMinorVersionUpgrade: true,
    enablePerformanceInsights: true,
    performanceInsightEncryptionKey: key,
    performanceInsightRetention: rds.PerformanceInsightRetention.DEFAULT,
  }
  const primary = new rds.DatabaseInstance(scope, 'Database', {
    ...instance,
    engine,
    instanceIdentifier: name,
    databaseName: 'janta',
    credentials: rds.Credentials.fromUsername('janta_master'),
    manageMasterUserPassword: true,
    parameterGroup: createParameters(scope),
    multiAz: environment.database.isMultiAz,
    allocatedStorage: environment.database.storageGb,
    maxAllocatedStorage: storageGbMax,
    storageType: rds.StorageType.GP3,
    storageEncrypted: true,
    storageEncryptionKey: key,
    backupRetention: Duration.days(backupDays),
    deleteAutomatedBackups: false,
    // 02:00 and 03:30 in India, when no counter is open.
    preferredBackupWindow: '20:30-21:00',
    preferredMaintenanceWindow: 'sun:22:00-sun:22:30',
    cloudwatchLogsExports: ['postgresql'],
  })
  primary.node.addDependency(logGroup)
  return { primary, replica: environment.database.hasReplica ? createReplica() : undefined }

  function createReplica(): rds.DatabaseInstanceReadReplica {
    return new rds.DatabaseInstanceReadReplica(scope, 'DatabaseReplica', {
      ...instance,
      sourceDatabaseInstance: primary,
    })
  }
}

function createParameters(scope: Construct): rds.ParameterGroup {
  return new rds.ParameterGroup(scope, 'DatabaseParameters', {
    engine,
    description: 'TLS forced, slow statements logged without their values',
    parameters: {
      'rds.force_ssl': '1',
      shared_preload_libraries: 'pg_stat_statements',
      log_min_duration_statement: '500',
      // A bound value may be a patient's name: neither slow statements nor errors may print it.
      log_parameter_max_length: '0',
      log_parameter_max_length_on_error: '0',
      idle_in_transaction_session_timeout: '60000',
    },
  })
}

/** Off until metrics justify it. A cache that vanishes costs time, never an answer. */
export function createCache(
  scope: Construct,
  environment: Environment,
  vpc: ec2.IVpc,
  securityGroup: ec2.ISecurityGroup,
  key: kms.IKey,
): elasticache.CfnReplicationGroup {
  const subnets = new elasticache.CfnSubnetGroup(scope, 'CacheSubnets', {
    description: 'The isolated subnets, beside the database',
    subnetIds: vpc.isolatedSubnets.map(subnet => subnet.subnetId),
  })
  return new elasticache.CfnReplicationGroup(scope, 'Cache', {
    replicationGroupId: prefixOf(environment),
    replicationGroupDescription: 'Sessions and hot catalogue reads',
    engine: 'valkey',
    engineVersion: '8.0',
    cacheNodeType: 'cache.t4g.micro',
    numCacheClusters: 1,
    automaticFailoverEnabled: false,
    transitEncryptionEnabled: true,
    atRestEncryptionEnabled: true,
    kmsKeyId: key.keyArn,
    cacheSubnetGroupName: subnets.ref,
    securityGroupIds: [securityGroup.securityGroupId],
    port: 6379,
    autoMinorVersionUpgrade: true,
  })
}
