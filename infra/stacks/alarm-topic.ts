import { aws_iam as iam, aws_sns as sns, aws_sns_subscriptions as subscriptions } from 'aws-cdk-lib'
import type { aws_kms as kms } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { prefixOf } from '../settings.ts'
import type { Environment } from '../settings.ts'

/** The services of AWS that tell the operator something: alarms, the budget, a dear day, a new NAT instance. */
const senders = ['cloudwatch', 'budgets', 'costalerts', 'autoscaling'].map(
  name => `${name}.amazonaws.com`,
)

/**
 * Where everything that rings goes, and from there by e-mail to the operator. The topic is encrypted and takes TLS
 * only; a policy of its own replaces the one SNS gives every topic, so whoever may send must be named in it and in
 * the key's: a service in one of the two alone is refused, and only the alarm's history would say so.
 */
export function createAlarmTopic(
  scope: Construct,
  environment: Environment,
  key: kms.Key,
): sns.Topic {
  const topic = new sns.Topic(scope, 'Alarms', {
    topicName: `${prefixOf(environment)}-alarms`,
    masterKey: key,
    enforceSSL: true,
  })
  const allowed = (actions: string[], resources: string[]) =>
    new iam.PolicyStatement({
      principals: senders.map(name => new iam.ServicePrincipal(name)),
      actions,
      resources,
      conditions: { StringEquals: { 'aws:SourceAccount': environment.account } },
    })
  topic.addToResourcePolicy(allowed(['sns:Publish'], [topic.topicArn]))
  key.addToResourcePolicy(allowed(['kms:Decrypt', 'kms:GenerateDataKey'], ['*']))
  topic.addSubscription(new subscriptions.EmailSubscription(environment.operatorEmail))
  return topic
}
