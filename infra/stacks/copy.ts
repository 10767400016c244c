import { aws_iam as iam, aws_kms as kms, aws_s3 as s3, Duration, RemovalPolicy } from 'aws-cdk-lib'
import type { Stack } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import {
  backupKeepDays,
  invoiceKeepDays,
  invoiceLockDays,
  prescriptionKeepDays,
  prescriptionLockDays,
  undoDays,
} from '../retention.ts'
import { bucketName, copyBucketName, prefixOf } from '../settings.ts'
import type { Environment } from '../settings.ts'

/** What is copied to the second region, and how long it is kept there: what cannot be made again. */
export const copied = {
  prescriptions: { keep: prescriptionKeepDays, lock: prescriptionLockDays },
  invoices: { keep: invoiceKeepDays, lock: invoiceLockDays },
  backups: { keep: backupKeepDays, lock: backupKeepDays },
} as const

/** The other region's own key and buckets. Deployed first; its key is then written into the settings. */
export function createCopies(scope: Stack, environment: Environment): void {
  const key = new kms.Key(scope, 'CopyKey', {
    alias: `${prefixOf(environment)}-copy`,
    description: 'The second copy of records and backups',
    enableKeyRotation: true,
  })
  for (const [purpose, { keep, lock }] of Object.entries(copied)) {
    new s3.Bucket(scope, `${purpose}Copy`, {
      bucketName: copyBucketName(environment, purpose),
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      // S3 copies a locked bucket only into a locked one.
      objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(lock)),
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          expiration: Duration.days(keep),
          noncurrentVersionExpiration: Duration.days(undoDays),
        },
      ],
    })
  }
}

/** The role S3 takes to copy: reads the three buckets here, writes the three there, and nothing else. */
export function createCopyRole(
  scope: Construct,
  environment: Environment,
  key: kms.IKey,
): iam.Role {
  const purposes = Object.keys(copied)
  const [here, there] = [bucketName, copyBucketName].map(nameOf =>
    purposes.map(purpose => `arn:aws:s3:::${nameOf(environment, purpose)}`),
  ) as [string[], string[]]
  const role = new iam.Role(scope, 'CopyRole', {
    roleName: `${prefixOf(environment)}-copy`,
    assumedBy: new iam.ServicePrincipal('s3.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': environment.account } },
    }),
  })
  const allow = (actions: string[], resources: string[], conditions?: Record<string, unknown>) =>
    role.addToPolicy(
      new iam.PolicyStatement({ actions, resources, ...(conditions ? { conditions } : {}) }),
    )
  const files = (buckets: string[]) => buckets.map(bucket => `${bucket}/*`)
  const through = (region: string) => ({
    StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` },
  })
  allow(['s3:GetReplicationConfiguration', 's3:ListBucket'], here)
  allow(
    [
      's3:GetObjectVersionForReplication',
      's3:GetObjectVersionAcl',
      's3:GetObjectVersionTagging',
      's3:GetObjectRetention',
      's3:GetObjectLegalHold',
    ],
    files(here),
  )
  // A deletion is not copied: the law's records survive a mistake made on this side.
  allow(['s3:ReplicateObject', 's3:ReplicateTags'], files(there))
  allow(['kms:Decrypt'], [key.keyArn], through(environment.region))
  if (environment.copyTo) {
    allow(['kms:Encrypt'], [environment.copyTo.keyArn], through(environment.copyTo.region))
  }
  return role
}

/** Adds to a bucket made here that its new files are copied there. */
export function copyFrom(
  bucket: s3.Bucket,
  environment: Environment,
  purpose: keyof typeof copied,
  role: iam.IRole,
): void {
  if (!environment.copyTo) return
  const made = bucket.node.defaultChild as s3.CfnBucket
  made.replicationConfiguration = {
    role: role.roleArn,
    rules: [
      {
        id: 'second-region',
        status: 'Enabled',
        priority: 1,
        filter: { prefix: '' },
        deleteMarkerReplication: { status: 'Disabled' },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
        destination: {
          bucket: `arn:aws:s3:::${copyBucketName(environment, purpose)}`,
          encryptionConfiguration: { replicaKmsKeyId: environment.copyTo.keyArn },
        },
      },
    ],
  }
}
