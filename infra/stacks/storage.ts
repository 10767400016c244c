import { aws_iam as iam, aws_s3 as s3, Duration, RemovalPolicy } from 'aws-cdk-lib'
import type { aws_kms as kms } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import {
  backupKeepDays,
  invoiceKeepDays,
  invoiceLockDays,
  logKeepDays,
  prescriptionKeepDays,
  prescriptionLockDays,
  quarantineKeepDays,
  reportKeepDays,
  trailKeepDays,
  undoDays,
} from '../retention.ts'
import type { Environment } from '../settings.ts'
import { bucketName } from '../settings.ts'
import { copyFrom, createCopyRole } from './copy.ts'

export interface Buckets {
  /** Prescription uploads exactly as a browser sent them; nothing here is ever shown to anybody. */
  readonly quarantine: s3.IBucket
  /** The cleaned pages pharmacists read. */
  readonly prescriptions: s3.IBucket
  readonly invoices: s3.IBucket
  readonly reports: s3.IBucket
  /** The counter, the shop's static files, medicine pictures. */
  readonly assets: s3.IBucket
  readonly logs: s3.IBucket
  /** Nightly copies of the database. */
  readonly backups: s3.IBucket
  /** Who, in AWS, changed what and opened which file. */
  readonly trail: s3.IBucket
}

const closed = {
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  versioned: true,
  removalPolicy: RemovalPolicy.RETAIN,
} as const

const abandonedUploads = { abortIncompleteMultipartUploadAfter: Duration.days(1) }

function keepFor(days: number, undo: number): s3.LifecycleRule {
  return {
    ...abandonedUploads,
    expiration: Duration.days(days),
    noncurrentVersionExpiration: Duration.days(undo),
  }
}

/** Every bucket is private, encrypted, versioned, refuses plain HTTP and forgets when the law lets it. */
export function createBuckets(scope: Construct, environment: Environment, key: kms.IKey): Buckets {
  const logs = createLogBucket(scope, environment)
  const record = (id: string, purpose: string, extra: Partial<s3.BucketProps>) =>
    new s3.Bucket(scope, id, {
      ...closed,
      bucketName: bucketName(environment, purpose),
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: `s3/${purpose}/`,
      ...extra,
    })
  const buckets = {
    quarantine: record('Quarantine', 'quarantine', {
      lifecycleRules: [keepFor(quarantineKeepDays, 1)],
      cors: [uploadFrom(environment)],
    }),
    prescriptions: record('Prescriptions', 'prescriptions', {
      lifecycleRules: [keepFor(prescriptionKeepDays, undoDays)],
      objectLockDefaultRetention: s3.ObjectLockRetention.governance(
        Duration.days(prescriptionLockDays),
      ),
    }),
    invoices: record('Invoices', 'invoices', {
      lifecycleRules: [keepFor(invoiceKeepDays, undoDays)],
      objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(invoiceLockDays)),
    }),
    reports: record('Reports', 'reports', { lifecycleRules: [keepFor(reportKeepDays, undoDays)] }),
    backups: record('Backups', 'backups', {
      lifecycleRules: [keepFor(backupKeepDays, 1)],
      objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(backupKeepDays)),
    }),
    assets: createAssetBucket(scope, environment, logs),
    trail: createTrailBucket(scope, environment, logs),
    logs,
  }
  if (environment.copyTo) {
    const role = createCopyRole(scope, environment, key)
    copyFrom(buckets.prescriptions, environment, 'prescriptions', role)
    copyFrom(buckets.invoices, environment, 'invoices', role)
    copyFrom(buckets.backups, environment, 'backups', role)
  }
  return buckets as unknown as Buckets
}

/** The trail may not be shortened by whoever it tells of: nobody deletes a file of it before its time. */
function createTrailBucket(
  scope: Construct,
  environment: Environment,
  logs: s3.IBucket,
): s3.IBucket {
  return new s3.Bucket(scope, 'TrailFiles', {
    ...closed,
    bucketName: bucketName(environment, 'trail'),
    encryption: s3.BucketEncryption.S3_MANAGED,
    serverAccessLogsBucket: logs,
    serverAccessLogsPrefix: 's3/trail/',
    lifecycleRules: [keepFor(trailKeepDays, 1)],
    objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(trailKeepDays)),
  }) as s3.IBucket
}

/** A browser posts the photograph straight to quarantine with a signed form; it never crosses the API. */
function uploadFrom(environment: Environment): s3.CorsRule {
  return {
    allowedMethods: [s3.HttpMethods.POST],
    allowedOrigins: [`https://${environment.hosts.shop}`, `https://${environment.hosts.counter}`],
    allowedHeaders: ['content-type', 'content-length'],
    maxAge: 3000,
  }
}

/** AWS delivers access logs only to a bucket with S3's own key, and CloudFront only to one that accepts ACLs. */
function createLogBucket(scope: Construct, environment: Environment): s3.IBucket {
  return new s3.Bucket(scope, 'Logs', {
    ...closed,
    bucketName: bucketName(environment, 'logs'),
    encryption: s3.BucketEncryption.S3_MANAGED,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,
    lifecycleRules: [keepFor(logKeepDays, 1)],
  }) as s3.IBucket
}

/** CloudFront of this account alone may read the static files; a later release may be rolled back for a month. */
function createAssetBucket(
  scope: Construct,
  environment: Environment,
  logs: s3.IBucket,
): s3.IBucket {
  const assets = new s3.Bucket(scope, 'Assets', {
    ...closed,
    bucketName: bucketName(environment, 'assets'),
    encryption: s3.BucketEncryption.S3_MANAGED,
    serverAccessLogsBucket: logs,
    serverAccessLogsPrefix: 's3/assets/',
    lifecycleRules: [{ ...abandonedUploads, noncurrentVersionExpiration: Duration.days(undoDays) }],
  })
  assets.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('cloudfront.amazonaws.com')],
      actions: ['s3:GetObject'],
      resources: [assets.arnForObjects('*')],
      conditions: {
        ArnLike: { 'aws:SourceArn': `arn:aws:cloudfront::${environment.account}:distribution/*` },
      },
    }),
  )
  return assets as s3.IBucket
}
