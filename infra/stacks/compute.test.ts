import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadConfig } from '../../apps/server/src/kernel/config.ts'
import { all, named } from '../checks/look.ts'
import { environments, launch, scaled } from '../environments.ts'
import type { Environment } from '../settings.ts'
import { at, listAt } from '../template.ts'

const every = Object.values(environments)
const taskType = 'AWS::ECS::TaskDefinition'
const task = (name: string, environment: Environment = launch) =>
  named(environment, taskType, 'Family', `janta-${environment.name}-${name}`).properties
const container = (name: string, environment?: Environment) =>
  at(task(name, environment), 'ContainerDefinitions', 0)

/** What CloudFormation would join, with a word where an address comes that only the account knows. */
const joined = (value: unknown): string => {
  const parts = listAt(value, 'Fn::Join')
  if (parts.length === 0) return String(value)
  const [between, pieces] = parts
  return (pieces as unknown[])
    .map(piece => (typeof piece === 'string' ? piece : 'known-later.invalid'))
    .join(String(between))
}
const told = (name: string, environment?: Environment): Record<string, string> =>
  Object.fromEntries(
    listAt(container(name, environment), 'Environment').map(pair => [
      String(at(pair, 'Name')),
      joined(at(pair, 'Value')),
    ]),
  )
const secretNames = (name: string, environment?: Environment): string[] =>
  listAt(container(name, environment), 'Secrets').map(secret => String(at(secret, 'Name')))

test('every task runs on ARM64 as nobody, on a root it cannot write, with 60 seconds to finish', () => {
  for (const environment of every) {
    const tasks = all(environment, taskType)
    assert.equal(tasks.length, 4)
    for (const { id, properties } of tasks) {
      assert.equal(at(properties, 'RuntimePlatform', 'CpuArchitecture'), 'ARM64')
      const [first, ...more] = listAt(properties, 'ContainerDefinitions')
      assert.equal(more.length, 0, id)
      assert.equal(at(first, 'ReadonlyRootFilesystem'), true)
      assert.equal(at(first, 'User'), '10001:10001')
      assert.equal(at(first, 'StopTimeout'), 60)
      assert.equal(at(first, 'Privileged'), undefined)
    }
  }
})

test('one image serves three commands', () => {
  assert.deepEqual(at(container('api'), 'Command'), ['web'])
  assert.deepEqual(at(container('worker'), 'Command'), ['worker'])
  assert.deepEqual(at(container('migrate'), 'Command'), ['migrate'])
  const image = JSON.stringify(at(container('api'), 'Image'))
  assert.equal(JSON.stringify(at(container('worker'), 'Image')), image)
  assert.equal(JSON.stringify(at(container('migrate'), 'Image')), image)
})

test('every service keeps its tasks private, undoes a bad release and follows its load', () => {
  for (const environment of every) {
    const services = all(environment, 'AWS::ECS::Service')
    assert.equal(services.length, 3)
    for (const { properties } of services) {
      const deployment = at(properties, 'DeploymentConfiguration')
      assert.deepEqual(at(deployment, 'DeploymentCircuitBreaker'), { Enable: true, Rollback: true })
      assert.equal(at(deployment, 'MinimumHealthyPercent'), 100)
      assert.equal(
        at(properties, 'NetworkConfiguration', 'AwsvpcConfiguration', 'AssignPublicIp'),
        'DISABLED',
      )
      // A count in the template would undo what scaling decided at every release.
      assert.equal(properties['DesiredCount'], undefined)
    }
    const targets = all(environment, 'AWS::ApplicationAutoScaling::ScalableTarget')
    const least = targets.map(target => Number(target.properties['MinCapacity']))
    assert.deepEqual(least, [
      environment.api.least,
      environment.worker.least,
      environment.shop.least,
    ])
    for (const { properties } of all(environment, 'AWS::ApplicationAutoScaling::ScalingPolicy')) {
      assert.equal(properties['PolicyType'], 'TargetTrackingScaling')
    }
  }
  assert.ok(scaled.worker.least > launch.worker.least)
})

test('the server finds in its task everything it asks for when it starts', () => {
  for (const name of ['api', 'worker', 'migrate']) {
    for (const environment of every) {
      const secrets = Object.fromEntries(
        secretNames(name, environment).map(secret => [
          secret,
          secret.endsWith('_URL') ? 'postgres://database.invalid/janta' : 'x'.repeat(48),
        ]),
      )
      const { DATABASE_CA_FILE: caFile, ...given } = told(name, environment)
      assert.match(String(caFile), /\.pem$/)
      const config = loadConfig({ ...given, ...secrets })
      assert.equal(config.mode, 'production')
      assert.equal(config.port, 8080)
    }
  }
})

test('only the migration may be the owner of the tables, and the shop holds no secret', () => {
  assert.deepEqual(secretNames('migrate').sort(), [
    'DATABASE_OWNER_URL',
    'DATABASE_URL',
    'SECRET_KEY',
  ])
  assert.deepEqual(secretNames('api').sort(), ['DATABASE_URL', 'SECRET_KEY'])
  assert.deepEqual(secretNames('worker').sort(), ['DATABASE_URL', 'SECRET_KEY'])
  assert.deepEqual(secretNames('shop'), [])
})

test('cache and replica reach the server under the names that switch them on', () => {
  assert.equal(told('api', launch)['REDIS_URL'], undefined)
  assert.ok(told('api', scaled)['REDIS_URL'])
  assert.ok(secretNames('worker', scaled).includes('DATABASE_REPLICA_URL'))
})

test('the load balancer speaks TLS 1.3, asks for readiness and lets an old task finish', () => {
  for (const environment of every) {
    const [listener, ...more] = all(environment, 'AWS::ElasticLoadBalancingV2::Listener')
    assert.equal(more.length, 0)
    assert.match(String(listener?.properties['SslPolicy']), /^ELBSecurityPolicy-TLS13/)
    assert.equal(listener?.properties['Protocol'], 'HTTPS')
    assert.equal(
      at(listener?.properties, 'DefaultActions', 0, 'FixedResponseConfig', 'StatusCode'),
      '403',
    )
    for (const { properties } of all(environment, 'AWS::ElasticLoadBalancingV2::TargetGroup')) {
      const attributes = listAt(properties, 'TargetGroupAttributes')
      const delay = attributes.find(
        each => at(each, 'Key') === 'deregistration_delay.timeout_seconds',
      )
      assert.equal(at(delay, 'Value'), '30')
    }
    const paths = all(environment, 'AWS::ElasticLoadBalancingV2::TargetGroup').map(
      group => group.properties['HealthCheckPath'],
    )
    assert.deepEqual(paths, ['/health/ready', '/health/live'])
    for (const { properties } of all(environment, 'AWS::ElasticLoadBalancingV2::ListenerRule')) {
      assert.match(JSON.stringify(properties['Conditions']), /x-janta-origin/)
    }
  }
})
