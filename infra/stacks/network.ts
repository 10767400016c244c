import { aws_ec2 as ec2, aws_logs as logs, RemovalPolicy } from 'aws-cdk-lib'
import type { aws_sns as sns } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Environment } from '../settings.ts'
import { prefixOf } from '../settings.ts'
import { HealingNat } from './nat-instance.ts'

/**
 * Two zones, three kinds of subnet: public holds the load balancer and the NAT, private the tasks,
 * isolated the database. Private subnets speak IPv6 outward through a free egress-only gateway and
 * IPv4 through the NAT; isolated subnets have no way out at all. S3 is reached without either.
 */
export function createNetwork(
  scope: Construct,
  environment: Environment,
  topic: sns.ITopic,
): ec2.IVpc {
  const nat =
    environment.egress === 'nat-gateway'
      ? ec2.NatProvider.gateway()
      : new HealingNat(scope, vpc => natSecurityGroup(scope, vpc, environment), topic.topicArn)
  const vpc = new ec2.Vpc(scope, 'Vpc', {
    vpcName: prefixOf(environment),
    ipAddresses: ec2.IpAddresses.cidr(environment.cidr),
    ipProtocol: ec2.IpProtocol.DUAL_STACK,
    availabilityZones: [...environment.zones],
    natGateways: 1,
    natGatewayProvider: nat,
    subnetConfiguration: [
      {
        name: 'public',
        subnetType: ec2.SubnetType.PUBLIC,
        cidrMask: 24,
        mapPublicIpOnLaunch: false,
      },
      { name: 'tasks', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 22 },
      {
        name: 'database',
        subnetType: ec2.SubnetType.PRIVATE_ISOLATED,
        cidrMask: 24,
        ipv6AssignAddressOnCreation: false,
      },
    ],
    gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } },
  })
  vpc.addFlowLog('Refused', {
    trafficType: ec2.FlowLogTrafficType.REJECT,
    destination: ec2.FlowLogDestination.toCloudWatchLogs(
      new logs.LogGroup(scope, 'RefusedTraffic', {
        retention: logs.RetentionDays.ONE_YEAR,
        removalPolicy: RemovalPolicy.RETAIN,
      }),
    ),
  })
  return vpc as ec2.IVpc
}

function natSecurityGroup(
  scope: Construct,
  vpc: ec2.IVpc,
  environment: Environment,
): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(scope, 'NatSecurityGroup', {
    vpc,
    description: 'NAT instance',
    allowAllOutbound: false,
  })
  const inside = ec2.Peer.ipv4(environment.cidr)
  group.addIngressRule(inside, ec2.Port.tcp(443), 'HTTPS that tasks send to IPv4-only services')
  group.addEgressRule(
    ec2.Peer.anyIpv4(),
    ec2.Port.tcp(443),
    'The same HTTPS, onward to the internet',
  )
  return group
}
