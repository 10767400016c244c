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
  /** One JSON document: SECRET_KEY, generated. */
  readonly application: secretsmanager.ISecret
  /** The payment gateway's three words, written by the operator; a task that takes no payment never sees them. */
  readonly payments: secretsmanager.ISecret | undefined
  /** Our key at the provider of text messages, written by the operator. */
  readonly smsKey: secretsmanager.ISecret | undefined
  /** The word CloudFront says to the load balancer, so that another account's CloudFront is refused. */
  readonly originWord: secretsmanager.ISecret
}

/** What the server reads of the payment gateway (gateway-config.ts): all three, or it takes no payments. */
export const paymentWords = [
  'GATEWAY_KEY_ID',
  'GATEWAY_KEY_SECRET',
  'GATEWAY_WEBHOOK_SECRET',
] as const

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
      description: 'SECRET_KEY',
      generateSecretString: {
        ...word,
        secretStringTemplate: '{}',
        generateStringKey: 'SECRET_KEY',
      },
    }) as secretsmanager.ISecret,
    payments: environment.takesPayments ? createPayments(scope, environment, key) : undefined,
    smsKey: environment.textProvider
      ? secret('SmsKey', 'sms-key', 'Our key at the provider of text messages')
      : undefined,
    originWord: secret('OriginWord', 'origin-word', 'Shared by CloudFront and the load balancer'),
  }
}

/** ECS starts no task whose secret lacks a word it names, so each is there from the first day, and useless. */
function createPayments(
  scope: Construct,
  environment: Environment,
  key: kms.IKey,
): secretsmanager.ISecret {
  const words = paymentWords.map(name => [name, `write-the-gateways-${name.toLowerCase()}`])
  return new secretsmanager.Secret(scope, 'Payments', {
    encryptionKey: key,
    removalPolicy: RemovalPolicy.RETAIN,
    secretName: `${prefixOf(environment)}/payments`,
    description: 'The key, its secret and the webhook word of the payment gateway',
    generateSecretString: {
      excludePunctuation: true,
      secretStringTemplate: JSON.stringify(Object.fromEntries(words)),
      generateStringKey: 'FIRST_DAY',
    },
  }) as secretsmanager.ISecret
}
