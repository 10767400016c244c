import assert from 'node:assert/strict'
import { test } from 'node:test'
import { all, find, named, only } from '../checks/look.ts'
import { scannerPort } from '../settings.ts'
import { environments, launch } from '../environments.ts'
import { at, listAt } from '../template.ts'

const every = Object.values(environments)

test('six subnets in two zones speak both versions of IP, and none hands out public addresses', () => {
  for (const environment of every) {
    const subnets = all(environment, 'AWS::EC2::Subnet')
    assert.equal(subnets.length, 6)
    const zones = new Set(subnets.map(subnet => subnet.properties['AvailabilityZone']))
    assert.deepEqual(zones, new Set(environment.zones))
    for (const { properties } of subnets) {
      assert.equal(properties['MapPublicIpOnLaunch'], false)
      assert.ok(properties['Ipv6CidrBlock'])
    }
  }
})

test('tasks leave by IPv6 through the egress-only gateway, and the database has no way out', () => {
  for (const environment of every) {
    const routes = all(environment, 'AWS::EC2::Route')
    const of = (kind: string) => routes.filter(route => route.id.includes(`/Vpc${kind}Subnet`))
    const ipv6 = of('tasks').filter(
      route => route.properties['DestinationIpv6CidrBlock'] === '::/0',
    )
    assert.equal(ipv6.length, 2)
    for (const { properties } of ipv6) assert.ok(properties['EgressOnlyInternetGatewayId'])
    assert.equal(of('database').length, 0)
    for (const { properties } of of('tasks')) assert.equal(properties['GatewayId'], undefined)
  }
})

test('IPv4 of launch leaves through an interface that outlives the instance behind it', () => {
  const networkInterface = only(launch, 'AWS::EC2::NetworkInterface')
  assert.equal(networkInterface.properties['SourceDestCheck'], false)
  const logicalId = networkInterface.id.split('/')[1]
  const ipv4 = all(launch, 'AWS::EC2::Route').filter(
    route => at(route.properties, 'NetworkInterfaceId', 'Ref') === logicalId,
  )
  assert.equal(ipv4.length, 2)
  const address = only(launch, 'AWS::EC2::EIPAssociation')
  assert.equal(at(address.properties, 'NetworkInterfaceId', 'Ref'), logicalId)
  const template = at(only(launch, 'AWS::EC2::LaunchTemplate').properties, 'LaunchTemplateData')
  const lent = at(template, 'NetworkInterfaces', 0)
  assert.equal(at(lent, 'NetworkInterfaceId', 'Ref'), logicalId)
  assert.equal(at(lent, 'DeleteOnTermination'), false)
})

test('the NAT heals as a group of one, encrypted, without permissions', () => {
  const group = only(launch, 'AWS::AutoScaling::AutoScalingGroup')
  assert.equal(group.properties['MinSize'], '1')
  assert.equal(group.properties['MaxSize'], '1')
  assert.deepEqual(group.properties['AvailabilityZones'], ['ap-south-1a'])
  const template = at(only(launch, 'AWS::EC2::LaunchTemplate').properties, 'LaunchTemplateData')
  assert.equal(at(template, 'BlockDeviceMappings', 0, 'Ebs', 'Encrypted'), true)
  assert.equal(at(template, 'BlockDeviceMappings', 0, 'Ebs', 'VolumeType'), 'gp3')
  // AWS's own key: under ours, the role of Auto Scaling would need a place in the key's policy to start the machine.
  assert.equal(at(template, 'BlockDeviceMappings', 0, 'Ebs', 'KmsKeyId'), undefined)
  assert.equal(at(template, 'MetadataOptions', 'HttpTokens'), 'required')
  assert.equal(at(template, 'IamInstanceProfile'), undefined)
})

test('one setting replaces the NAT instance by a gateway', () => {
  const gateway = { ...launch, egress: 'nat-gateway' as const }
  assert.equal(find(gateway, 'AWS::AutoScaling::AutoScalingGroup').length, 0)
  only(gateway, 'AWS::EC2::NatGateway')
  const ipv4 = all(gateway, 'AWS::EC2::Route').filter(route => route.properties['NatGatewayId'])
  assert.equal(ipv4.length, 2)
})

test('S3 is reached by a gateway endpoint, the only endpoint there is', () => {
  for (const environment of every) {
    const endpoint = only(environment, 'AWS::EC2::VPCEndpoint')
    assert.equal(endpoint.properties['VpcEndpointType'], 'Gateway')
    assert.match(JSON.stringify(endpoint.properties['ServiceName']), /s3/)
    assert.equal(listAt(endpoint.properties, 'RouteTableIds').length, 6)
  }
})

test('refused traffic is written down for a year', () => {
  assert.equal(only(launch, 'AWS::EC2::FlowLog').properties['TrafficType'], 'REJECT')
  for (const { properties } of all(launch, 'AWS::Logs::LogGroup')) {
    assert.equal(properties['RetentionInDays'], 365)
  }
})

test('PostgreSQL is open to the API, the worker and the migration, and to no address', () => {
  for (const environment of every) {
    const rules = all(environment, 'AWS::EC2::SecurityGroupIngress').filter(
      rule => rule.properties['ToPort'] === 5432,
    )
    assert.equal(rules.length, 3)
    const from = rules.map(rule =>
      String(at(rule.properties, 'SourceSecurityGroupId', 'Fn::GetAtt', 0)),
    )
    assert.deepEqual(from.map(id => id.replace(/SecurityGroup.*/, '')).sort(), [
      'Api',
      'Migrate',
      'Worker',
    ])
    const database = named(environment, 'AWS::EC2::SecurityGroup', 'GroupDescription', 'PostgreSQL')
    assert.doesNotMatch(JSON.stringify(database.properties['SecurityGroupEgress']), /0\.0\.0\.0/)
  }
})

test('only CloudFront reaches the load balancer, and no group takes anything from everywhere', () => {
  for (const environment of every) {
    const rules = all(environment, 'AWS::EC2::SecurityGroupIngress')
    const outside = rules.filter(rule => !rule.properties['SourceSecurityGroupId'])
    assert.equal(outside.length, 1)
    assert.equal(outside[0]?.properties['SourcePrefixListId'], environment.cloudFrontPrefixList)
    for (const { properties } of all(environment, 'AWS::EC2::SecurityGroup')) {
      for (const rule of listAt(properties, 'SecurityGroupIngress')) {
        assert.notEqual(at(rule, 'CidrIp'), '0.0.0.0/0')
        assert.equal(at(rule, 'CidrIpv6'), undefined)
      }
    }
  }
})

test('nothing leaves a security group but HTTPS, the container port, the databases and a scanner inside', () => {
  for (const environment of every) {
    const scanner = environment.virusScanner ? [scannerPort] : []
    const allowed = new Set([443, 8080, 5432, 6379, ...scanner])
    const inline = all(environment, 'AWS::EC2::SecurityGroup').flatMap(({ properties }) =>
      listAt(properties, 'SecurityGroupEgress'),
    )
    const apart = all(environment, 'AWS::EC2::SecurityGroupEgress').map(rule => rule.properties)
    // A group that may send nothing carries the library's rule to an address that does not exist.
    const real = [...inline, ...apart].filter(rule => at(rule, 'CidrIp') !== '255.255.255.255/32')
    assert.ok(real.length > 10)
    for (const rule of real) {
      assert.ok(allowed.has(Number(at(rule, 'ToPort'))), JSON.stringify(rule))
      assert.equal(at(rule, 'FromPort'), at(rule, 'ToPort'))
      if (at(rule, 'ToPort') === scannerPort) assert.equal(at(rule, 'CidrIp'), environment.cidr)
    }
  }
})
