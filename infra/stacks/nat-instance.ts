import { aws_autoscaling as autoscaling, aws_ec2 as ec2, Fn } from 'aws-cdk-lib'
import type { Construct } from 'constructs'

/** Masquerades what the private subnets send; the swap keeps the package installer alive in 512 MB. */
const bootScript = `#!/bin/bash
set -euo pipefail
dd if=/dev/zero of=/swap bs=1M count=512 && chmod 600 /swap && mkswap /swap && swapon /swap
dnf install -y iptables-services
echo 'net.ipv4.ip_forward = 1' > /etc/sysctl.d/90-nat.conf
sysctl -p /etc/sysctl.d/90-nat.conf
outward=$(ip -4 route show default | awk '{print $5; exit}')
iptables -F FORWARD
iptables -t nat -A POSTROUTING -o "$outward" -j MASQUERADE
iptables-save > /etc/sysconfig/iptables
systemctl enable --now iptables
`

/** Three in the morning in India, once a month; the schedule is written in UTC. */
const replaceAtUtc = { stop: '30 21 1 * *', start: '34 21 1 * *' }

/**
 * IPv4 egress through one small instance that replaces itself. The network interface, its elastic
 * address and its route are declared here and outlive every instance; the launch template lends
 * that interface to whichever instance the group of one starts. So nothing is re-attached by a
 * script at boot, and the instance holds no permission at all.
 */
export class HealingNat extends ec2.NatProvider {
  private readonly scope: Construct
  private readonly securityGroup: (vpc: ec2.IVpc) => ec2.ISecurityGroup
  private readonly topicArn: string
  private networkInterface: ec2.CfnNetworkInterface | undefined
  private zone: string | undefined

  constructor(
    scope: Construct,
    securityGroup: (vpc: ec2.IVpc) => ec2.ISecurityGroup,
    topicArn: string,
  ) {
    super()
    this.scope = scope
    this.securityGroup = securityGroup
    this.topicArn = topicArn
  }

  get configuredGateways(): ec2.GatewayConfig[] {
    if (!this.networkInterface || !this.zone) return []
    return [{ az: this.zone, gatewayId: this.networkInterface.ref }]
  }

  configureNat(options: ec2.ConfigureNatOptions): void {
    const [subnet] = options.natSubnets
    if (!subnet) throw new Error('A NAT instance needs one public subnet')
    this.zone = subnet.availabilityZone
    const securityGroup = this.securityGroup(options.vpc as ec2.IVpc)
    this.networkInterface = createInterface(this.scope, subnet, securityGroup)
    const group = createGroupOfOne(this.scope, this.zone, this.networkInterface, this.topicArn)
    const address = giveAddress(this.scope, this.networkInterface)
    // The instance installs a package when it boots, so the way out comes first.
    group.node.addDependency(address, subnet.internetConnectivityEstablished)
    for (const privateSubnet of options.privateSubnets) this.configureSubnet(privateSubnet)
  }

  configureSubnet(subnet: ec2.PrivateSubnet): void {
    if (!this.networkInterface) throw new Error('Configure the NAT instance before its subnets')
    subnet.addRoute('DefaultRoute', {
      routerType: ec2.RouterType.NETWORK_INTERFACE,
      routerId: this.networkInterface.ref,
      enablesInternetConnectivity: true,
    })
  }
}

function createInterface(
  scope: Construct,
  subnet: ec2.ISubnet,
  securityGroup: ec2.ISecurityGroup,
): ec2.CfnNetworkInterface {
  return new ec2.CfnNetworkInterface(scope, 'NatInterface', {
    description: 'IPv4 egress of the private subnets',
    subnetId: subnet.subnetId,
    groupSet: [securityGroup.securityGroupId],
    sourceDestCheck: false,
  })
}

function giveAddress(
  scope: Construct,
  networkInterface: ec2.CfnNetworkInterface,
): ec2.CfnEIPAssociation {
  const address = new ec2.CfnEIP(scope, 'NatAddress', { domain: 'vpc' })
  return new ec2.CfnEIPAssociation(scope, 'NatAddressOnInterface', {
    allocationId: address.attrAllocationId,
    networkInterfaceId: networkInterface.ref,
  })
}

function createGroupOfOne(
  scope: Construct,
  zone: string,
  networkInterface: ec2.CfnNetworkInterface,
  topicArn: string,
): autoscaling.CfnAutoScalingGroup {
  const template = new ec2.CfnLaunchTemplate(scope, 'NatTemplate', {
    launchTemplateData: {
      // Resolved at every launch: each replacement starts from the newest patched image.
      imageId: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
      instanceType: 't4g.nano',
      creditSpecification: { cpuCredits: 'standard' },
      metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
      networkInterfaces: [
        { deviceIndex: 0, networkInterfaceId: networkInterface.ref, deleteOnTermination: false },
      ],
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: { volumeType: 'gp3', volumeSize: 8, encrypted: true, deleteOnTermination: true },
        },
      ],
      userData: Fn.base64(bootScript),
    },
  })
  // The zone, not a subnet: AWS asks for that when the template brings its own network interface.
  const group = new autoscaling.CfnAutoScalingGroup(scope, 'NatGroup', {
    minSize: '1',
    maxSize: '1',
    availabilityZones: [zone],
    launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
    healthCheckType: 'EC2',
    healthCheckGracePeriod: 120,
    notificationConfigurations: [
      {
        topicArn,
        notificationTypes: [
          'autoscaling:EC2_INSTANCE_LAUNCH',
          'autoscaling:EC2_INSTANCE_LAUNCH_ERROR',
          'autoscaling:EC2_INSTANCE_TERMINATE',
          'autoscaling:EC2_INSTANCE_TERMINATE_ERROR',
        ],
      },
    ],
    tags: [{ key: 'Name', value: 'janta-nat', propagateAtLaunch: true }],
  })
  // The interface can serve one instance, so the old one goes before the new one comes.
  group.cfnOptions.updatePolicy = {
    autoScalingRollingUpdate: { minInstancesInService: 0, maxBatchSize: 1 },
  }
  replaceMonthly(scope, group)
  return group
}

/** Patched by replacement, in a quiet hour: about four minutes without IPv4 egress; jobs retry. */
function replaceMonthly(scope: Construct, group: autoscaling.CfnAutoScalingGroup): void {
  new autoscaling.CfnScheduledAction(scope, 'NatMonthlyStop', {
    autoScalingGroupName: group.ref,
    recurrence: replaceAtUtc.stop,
    minSize: 0,
    maxSize: 0,
    desiredCapacity: 0,
  })
  new autoscaling.CfnScheduledAction(scope, 'NatMonthlyStart', {
    autoScalingGroupName: group.ref,
    recurrence: replaceAtUtc.start,
    minSize: 1,
    maxSize: 1,
    desiredCapacity: 1,
  })
}
