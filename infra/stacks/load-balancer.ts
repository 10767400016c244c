import {
  aws_certificatemanager as acm,
  aws_elasticloadbalancingv2 as elb,
  Duration,
} from 'aws-cdk-lib'
import type { aws_ec2 as ec2, aws_ecs as ecs, aws_s3 as s3 } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Environment } from '../settings.ts'
import { containerPort, prefixOf } from '../settings.ts'
import type { Secrets } from './secrets.ts'

/** Header in which CloudFront proves to be ours. */
export const originHeader = 'x-janta-origin'

export interface LoadBalancer {
  readonly balancer: elb.ApplicationLoadBalancer
  readonly listener: elb.ApplicationListener
}

/** TLS 1.3, reachable from CloudFront alone; a request without our word is answered 403 and goes nowhere. */
export function createLoadBalancer(
  scope: Construct,
  environment: Environment,
  vpc: ec2.IVpc,
  securityGroup: ec2.ISecurityGroup,
  logs: s3.IBucket,
): LoadBalancer {
  const balancer = new elb.ApplicationLoadBalancer(scope, 'LoadBalancer', {
    loadBalancerName: prefixOf(environment),
    vpc,
    internetFacing: true,
    securityGroup,
    deletionProtection: true,
    dropInvalidHeaderFields: true,
    // Shorter than the 65 s the server keeps a connection, so that the server never closes first.
    idleTimeout: Duration.seconds(60),
  })
  balancer.logAccessLogs(logs, 'alb')
  const listener = balancer.addListener('Https', {
    port: 443,
    open: false,
    sslPolicy: elb.SslPolicy.TLS13_RES,
    certificates: [
      acm.Certificate.fromCertificateArn(
        scope,
        'Certificate',
        environment.certificates.loadBalancer,
      ),
    ],
    defaultAction: elb.ListenerAction.fixedResponse(403, {
      contentType: 'text/plain',
      messageBody: 'Not found here',
    }),
  })
  return { balancer, listener }
}

/** A target group that is asked for readiness, and lets an old task finish for 30 seconds. */
export function routeTo(
  loadBalancer: LoadBalancer,
  id: string,
  service: ecs.FargateService,
  secrets: Secrets,
  rule: { readonly priority: number; readonly paths: string[]; readonly healthPath: string },
): elb.ApplicationTargetGroup {
  return loadBalancer.listener.addTargets(id, {
    port: containerPort,
    protocol: elb.ApplicationProtocol.HTTP,
    targets: [service],
    priority: rule.priority,
    conditions: [
      elb.ListenerCondition.httpHeader(originHeader, [
        secrets.originWord.secretValue.unsafeUnwrap(),
      ]),
      elb.ListenerCondition.pathPatterns(rule.paths),
    ],
    deregistrationDelay: Duration.seconds(30),
    loadBalancingAlgorithmType:
      elb.TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
    healthCheck: {
      path: rule.healthPath,
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 3,
      healthyHttpCodes: '200',
    },
  })
}
