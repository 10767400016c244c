import { aws_wafv2 as waf } from 'aws-cdk-lib'
import type { aws_elasticloadbalancingv2 as elb } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Environment } from '../settings.ts'
import { prefixOf } from '../settings.ts'

/** One address may ask this often in five minutes: a busy counter behind one router stays below it. */
const requestsPerAddress = 3000

/** It blocks bodies over 8 KB, and a prescription without a script comes as one form of up to 20 MB: counted only. */
const bodySizeRule = 'SizeRestrictions_BODY'

/**
 * Optional. It guards the load balancer, so it lives in the same region as everything else; static
 * files need no guard. The customer's own address is the one CloudFront forwards.
 */
export function createFirewall(
  scope: Construct,
  environment: Environment,
  balancer: elb.ApplicationLoadBalancer,
): waf.CfnWebACL {
  const visibility = (metricName: string) => ({
    cloudWatchMetricsEnabled: true,
    sampledRequestsEnabled: false,
    metricName,
  })
  const managed = (
    name: string,
    priority: number,
    counted: readonly string[] = [],
  ): waf.CfnWebACL.RuleProperty => ({
    name,
    priority,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ...(counted.length > 0 && {
          ruleActionOverrides: counted.map(rule => ({ name: rule, actionToUse: { count: {} } })),
        }),
      },
    },
    visibilityConfig: visibility(name),
  })
  const acl = new waf.CfnWebACL(scope, 'Firewall', {
    name: prefixOf(environment),
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visibility('Firewall'),
    rules: [
      {
        name: 'RateOfOneAddress',
        priority: 0,
        action: { block: {} },
        statement: {
          rateBasedStatement: {
            limit: requestsPerAddress,
            aggregateKeyType: 'FORWARDED_IP',
            forwardedIpConfig: { headerName: 'X-Forwarded-For', fallbackBehavior: 'NO_MATCH' },
          },
        },
        visibilityConfig: visibility('RateOfOneAddress'),
      },
      managed('AWSManagedRulesCommonRuleSet', 1, [bodySizeRule]),
      managed('AWSManagedRulesKnownBadInputsRuleSet', 2),
    ],
  })
  new waf.CfnWebACLAssociation(scope, 'FirewallOnLoadBalancer', {
    resourceArn: balancer.loadBalancerArn,
    webAclArn: acl.attrArn,
  })
  return acl
}
