import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { loadConfig } from '../../apps/server/src/kernel/config.ts'
import { all, named } from '../checks/look.ts'
import { environments, launch, scaled } from '../environments.ts'
import type { Environment } from '../settings.ts'
import { at, listAt } from '../template.ts'
import { paymentWords } from './secrets.ts'

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
    assert.equal(tasks.length, 5 + Object.keys(environment.separateWorkers).length)
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
    assert.equal(services.length, 3 + Object.keys(environment.separateWorkers).length)
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
      ...Object.values(environment.separateWorkers).map(one => one.least),
      environment.shop.least,
    ])
    for (const { properties } of all(environment, 'AWS::ApplicationAutoScaling::ScalingPolicy')) {
      assert.equal(properties['PolicyType'], 'TargetTrackingScaling')
    }
  }
  assert.ok(scaled.worker.least > launch.worker.least)
})

test('the server finds in its task everything it asks for when it starts', () => {
  for (const name of ['api', 'worker', 'migrate', 'backup']) {
    for (const environment of every) {
      const secrets = Object.fromEntries(
        secretNames(name, environment).map(secret => [
          secret,
          secret.endsWith('_URL') ? 'postgres://database.invalid/janta' : secret.padEnd(48, '.'),
        ]),
      )
      const { DATABASE_CA_FILE: caFile, ...given } = told(name, environment)
      assert.match(String(caFile), /\.pem$/)
      const config = loadConfig({ ...given, ...secrets })
      assert.equal(config.mode, 'production')
      assert.equal(config.port, 8080)
      const isPaid = ['api', 'worker'].includes(name) && environment.takesPayments
      assert.equal(config.gateway !== undefined, isPaid, 'the words are those the server reads')
      const tells = ['api', 'worker'].includes(name) && environment.textProvider !== undefined
      assert.equal(config.sms !== undefined, tells, 'all four settings of the texts, or none')
    }
  }
})

test('only migration and backup may be the owner of the tables, and the shop holds no secret', () => {
  assert.deepEqual(secretNames('migrate').sort(), [
    'DATABASE_OWNER_URL',
    'DATABASE_URL',
    'SECRET_KEY',
  ])
  assert.deepEqual(secretNames('backup').sort(), secretNames('migrate').sort())
  const paying = ['DATABASE_URL', ...paymentWords, 'SECRET_KEY'].sort()
  assert.deepEqual(secretNames('api').sort(), paying)
  assert.deepEqual(secretNames('worker').sort(), paying)
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

test('the server knows both hosts whose pages are ours, and a virus scanner only where one is', () => {
  for (const environment of every) {
    for (const name of ['api', 'worker']) {
      const config = loadConfig({
        ...told(name, environment),
        DATABASE_CA_FILE: undefined,
        DATABASE_URL: 'postgres://a:b@database.invalid/janta',
        SECRET_KEY: 'thirty-two characters or longer!!',
        ...(environment.textProvider && { SMS_KEY: 'as the provider gave it' }),
      })
      assert.equal(config.publicUrl, `https://${environment.hosts.shop}`)
      assert.equal(config.counterUrl, `https://${environment.hosts.counter}`)
      assert.equal(config.clamdUrl !== undefined, environment.virusScanner !== undefined)
      assert.equal(config.installation.hasCdn, true)
    }
  }
  assert.equal(launch.virusScanner, undefined)
  assert.ok(scaled.virusScanner)
})

test('shop, API and worker send their traces to one collector, or none does', () => {
  for (const environment of every) {
    for (const name of ['shop', 'api', 'worker']) {
      assert.equal(
        told(name, environment)['OTEL_EXPORTER_OTLP_ENDPOINT'],
        environment.traceCollector,
      )
    }
  }
  assert.equal(launch.traceCollector, undefined)
  assert.match(scaled.traceCollector ?? '', /^https:/)
})

test('a separate worker takes the jobs of its modules, and the first worker all others', async () => {
  assert.deepEqual(launch.separateWorkers, {}, 'off at launch')
  assert.deepEqual(at(container('worker'), 'Command'), ['worker'])
  const modules = Object.values(scaled.separateWorkers).flatMap(one => one.modules)
  assert.ok(modules.length > 0)
  assert.deepEqual(at(container('worker', scaled), 'Command'), [
    'worker',
    `--except=${modules.join(',')}`,
  ])
  const taken = Object.keys(scaled.separateWorkers).map(name =>
    String(at(container(`worker-${name}`, scaled), 'Command', 1)),
  )
  assert.equal(taken.join(), `--only=${modules.join(',')}`)
  for (const one of modules) {
    const folder = path.join(import.meta.dirname, '../../apps/server/src/modules', one)
    const index = readFileSync(path.join(folder, 'index.ts'), 'utf8')
    assert.match(index, /subscribers|recurring/, `${one} has no jobs, and a worker refuses it`)
  }
})

test('the backup starts every night in the newest image, writes one folder and reads no file', () => {
  for (const environment of every) {
    const [rule, ...more] = all(environment, 'AWS::Events::Rule')
    assert.equal(more.length, 0)
    assert.match(String(rule?.properties['ScheduleExpression']), /^cron\(45 20/)
    const target = at(rule?.properties, 'Targets', 0, 'EcsParameters')
    assert.match(String(at(target, 'TaskDefinitionArn')), /-backup$/, 'without a revision')
    const role = all(environment, 'AWS::IAM::Policy').filter(one =>
      one.id.includes('/BackupTaskRole'),
    )
    const text = JSON.stringify(role)
    assert.equal(role.length, 1)
    assert.match(text, /-backups-\d+\/nightly\/\*/)
    assert.doesNotMatch(text, /s3:GetObject|s3:DeleteObject/)
    const command = listAt(container('backup', environment), 'Command')
    assert.match(String(command[1]), /^s3:\/\/janta-\w+-backups-\d+\/nightly\/$/)
  }
})

test('a payment webhook reaches the API as it was sent: any method, every header, the body untouched', () => {
  for (const environment of every) {
    const rules = all(environment, 'AWS::ElasticLoadBalancingV2::ListenerRule')
    const [first] = rules.toSorted(
      (one, other) => Number(one.properties['Priority']) - Number(other.properties['Priority']),
    )
    assert.match(JSON.stringify(first?.properties['Conditions']), /"\/api\/\*"/)
    assert.match(JSON.stringify(first?.properties['Actions']), /Api/)
    const shop = all(environment, 'AWS::CloudFront::Distribution').find(one =>
      listAt(one.properties, 'DistributionConfig', 'Aliases').includes(environment.hosts.shop),
    )
    const behaviour = at(shop?.properties, 'DistributionConfig', 'DefaultCacheBehavior')
    assert.ok(listAt(behaviour, 'AllowedMethods').includes('POST'))
    // AWS's own policy AllViewerExceptHostHeader: the signature and the event id come along.
    assert.equal(at(behaviour, 'OriginRequestPolicyId'), 'b689b0a8-53d0-40ab-baf2-68738e2966ac')
    assert.equal(at(behaviour, 'FunctionAssociations'), undefined)
    assert.equal(at(behaviour, 'LambdaFunctionAssociations'), undefined)
  }
})
