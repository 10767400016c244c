import { aws_secretsmanager as secretsmanager, RemovalPolicy } from 'aws-cdk-lib'
import type { aws_kms as kms } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Environment } from '../settings.ts'
import { prefixOf } from '../settings.ts'

export interface Secrets {
  /** DATABASE_URL: the role that may not alter tables. Written by the operator at bootstrap. */
  readonly databaseUrl: secretsmanager.ISecret
  /** DATABASE_OWNER_URL: the role that owns the tables. The migration task alone may read it. */
  readonly databaseOwnerUrl: secretsmanager.ISecret
  /** DATABASE_REPLICA_URL: only where a replica is paid for. */
  readonly databaseReplicaUrl: secretsmanager.ISecret | undefined
  /** One JSON document: SECRET_KEY, generated, and the keys of partners, written by the operator. */
  readonly application: secretsmanager.ISecret
  /** The word CloudFront says to the load balancer, so that another account's CloudFront is refused. */
  readonly originWord: secretsmanager.ISecret
}

/** Values are generated or written by hand in the account; none is in the code or in a template. */
export function createSecrets(scope: Construct, environment: Environment, key: kms.IKey): Secrets {
  const kept = { encryptionKey: key, removalPolicy: RemovalPolicy.RETAIN }
  const word = { excludePunctuation: true, passwordLength: 48 }
  const secret = (id: string, name: string, description: string): secretsmanager.ISecret =>
    new secretsmanager.Secret(scope, id, {
      secretName: `${prefixOf(environment)}/${name}`,
      description,
      ...kept,
      generateSecretString: word,
    }) as secretsmanager.ISecret
  return {
    databaseUrl: secret('DatabaseUrl', 'database-url', 'PostgreSQL, as the application role'),
    databaseOwnerUrl: secret('DatabaseOwnerUrl', 'database-owner-url', 'PostgreSQL, as the owner'),
    databaseReplicaUrl: environment.database.hasReplica
      ? secret(
          'DatabaseReplicaUrl',
          'database-replica-url',
          'The read replica, as the application role',
        )
      : undefined,
    application: new secretsmanager.Secret(scope, 'Application', {
      ...kept,
      secretName: `${prefixOf(environment)}/application`,
      description: 'SECRET_KEY and the keys of partners',
      generateSecretString: {
        ...word,
        secretStringTemplate: '{}',
        generateStringKey: 'SECRET_KEY',
      },
    }) as secretsmanager.ISecret,
    originWord: secret('OriginWord', 'origin-word', 'Shared by CloudFront and the load balancer'),
  }
}
