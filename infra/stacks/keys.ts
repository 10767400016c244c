import { aws_kms as kms } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Environment } from '../settings.ts'
import { prefixOf } from '../settings.ts'

export interface Keys {
  /** Prescriptions, invoices and reports. Only the tasks that read them may decrypt. */
  readonly records: kms.Key
  /** The database, its secrets, images and alarms: everything that is not a patient's paper. */
  readonly platform: kms.Key
}

/** Two keys, so that reading a secret never implies the right to open a prescription. */
export function createKeys(scope: Construct, environment: Environment): Keys {
  const records = new kms.Key(scope, 'RecordsKey', {
    alias: `${prefixOf(environment)}-records`,
    description: 'Prescriptions, invoices and reports',
    enableKeyRotation: true,
  })
  const platform = new kms.Key(scope, 'PlatformKey', {
    alias: `${prefixOf(environment)}-platform`,
    description: 'Database, secrets and alarms',
    enableKeyRotation: true,
  })
  return { records, platform }
}
