import { aws_iam as iam } from 'aws-cdk-lib'
import type { aws_kms as kms } from 'aws-cdk-lib'
import type { Environment } from '../settings.ts'
import { bucketName } from '../settings.ts'

/** The folders of each bucket. A role is granted a folder, never a bucket. */
export const folders = {
  quarantine: 'uploads/',
  prescriptions: 'pages/',
  invoices: 'issued/',
  reports: 'runs/',
  assets: 'medicines/',
} as const

type RecordBucket = keyof typeof folders

interface FolderGrant {
  readonly bucket: RecordBucket
  readonly actions: string[]
  readonly why: string
}

/**
 * Who may do what to which folder. The API signs uploads and views, so it may write quarantine and
 * read what is clean; only the worker may read what a stranger sent.
 */
export const folderGrants: Record<'api' | 'worker', readonly FolderGrant[]> = {
  api: [
    {
      bucket: 'quarantine',
      actions: ['s3:PutObject'],
      why: 'signs the form a browser uploads with',
    },
    {
      bucket: 'prescriptions',
      actions: ['s3:GetObject'],
      why: 'signs the page a pharmacist reads',
    },
    { bucket: 'invoices', actions: ['s3:GetObject'], why: 'signs an invoice download' },
    { bucket: 'reports', actions: ['s3:GetObject'], why: 'signs a report download' },
  ],
  worker: [
    {
      bucket: 'quarantine',
      actions: ['s3:GetObject', 's3:DeleteObject'],
      why: 'reads, cleans and removes an upload',
    },
    {
      bucket: 'prescriptions',
      actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      why: 'stores clean pages, and erases them when the law lets it',
    },
    { bucket: 'invoices', actions: ['s3:GetObject', 's3:PutObject'], why: 'writes invoices' },
    { bucket: 'reports', actions: ['s3:GetObject', 's3:PutObject'], why: 'writes reports' },
    {
      bucket: 'assets',
      actions: ['s3:GetObject', 's3:PutObject'],
      why: 'stores medicine pictures',
    },
  ],
}

/** Adds the grants of one role, and the key only through S3. Guarantees no action or bucket wildcard. */
export function grantFolders(
  role: iam.IRole,
  who: keyof typeof folderGrants,
  environment: Environment,
  key: kms.IKey,
): void {
  const grants = folderGrants[who]
  for (const { bucket, actions } of grants) {
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions,
        resources: [`arn:aws:s3:::${bucketName(environment, bucket)}/${folders[bucket]}*`],
      }),
    )
  }
  // Only to a role that may list a bucket does S3 say that a file is missing; to others it is a
  // refusal, which the server would have to take for a fault of ours. Keys name nobody.
  const read = grants.filter(({ actions }) => actions.includes('s3:GetObject'))
  role.addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: read.map(({ bucket }) => `arn:aws:s3:::${bucketName(environment, bucket)}`),
    }),
  )
  role.addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [key.keyArn],
      conditions: {
        StringEquals: { 'kms:ViaService': `s3.${environment.region}.amazonaws.com` },
      },
    }),
  )
}

/**
 * The API reads the figures that `janta advise` judges by. CloudWatch takes no resource for reading, so the star
 * stands for every figure of the account: numbers, no records.
 */
export function grantFigures(role: iam.IRole): void {
  role.addToPrincipalPolicy(
    new iam.PolicyStatement({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] }),
  )
}
