import { aws_cloudtrail as cloudtrail } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Environment } from '../settings.ts'
import { prefixOf } from '../settings.ts'
import type { Buckets } from './storage.ts'

/**
 * Who, in AWS, changed a setting, and who opened or wrote a prescription or an invoice: a person with a console never
 * passes the application's own audit. Signed files in a bucket where nobody deletes them. The first copy of changes is
 * free; events on files are ten cents for a hundred thousand.
 */
export function createTrail(scope: Construct, environment: Environment, buckets: Buckets): void {
  const trail = new cloudtrail.Trail(scope, 'Trail', {
    trailName: prefixOf(environment),
    bucket: buckets.trail,
    enableFileValidation: true,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    managementEvents: cloudtrail.ReadWriteType.WRITE_ONLY,
  })
  trail.addS3EventSelector(
    [buckets.quarantine, buckets.prescriptions, buckets.invoices].map(bucket => ({ bucket })),
    { readWriteType: cloudtrail.ReadWriteType.ALL, includeManagementEvents: false },
  )
}
