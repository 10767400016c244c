import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { watchedFigures } from '../../apps/server/src/kernel/watched-figures.ts'
import { all, named, only } from '../checks/look.ts'
import { environments, launch } from '../environments.ts'
import { at, listAt } from '../template.ts'

const runbook = readFileSync(
  path.join(import.meta.dirname, '../../docs/runbooks/alarms.md'),
  'utf8',
)
const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => ({
  anchor: heading.toLowerCase().replaceAll(' ', '-'),
  text: runbook.slice(runbook.indexOf(`## ${heading}\n`)).split('\n## ')[0] ?? '',
}))
const linked =
  /Owner: (\w+)\. Runbook: https:\/\/github\.com\/janta\/pharmacy\/blob\/main\/docs\/runbooks\/alarms\.md#([\w-]+)/

test('every alarm and every board has an owner and a runbook that says the same, and no runbook is about nothing', () => {
  for (const environment of Object.values(environments)) {
    const texts = [
      ...all(environment, 'AWS::CloudWatch::Alarm').map(one =>
        String(one.properties['AlarmDescription']),
      ),
      ...all(environment, 'AWS::CloudWatch::Dashboard').map(one =>
        JSON.stringify(one.properties['DashboardBody']),
      ),
    ]
    assert.ok(texts.length >= 19, `only ${texts.length} alarms and boards`)
    const anchors = texts.map(text => {
      const [, owner, anchor] = linked.exec(text) ?? []
      assert.ok(owner && anchor, text)
      const heading = headings.find(one => one.anchor === anchor)
      assert.ok(heading, `alarms.md has no heading ${anchor}`)
      assert.match(heading.text, new RegExp(`Owner: ${owner}\\.`), anchor)
      return anchor
    })
    assert.deepEqual(anchors.toSorted(), headings.map(one => one.anchor).toSorted())
  }
})

test('every figure the server writes down is read from its log, and only figures it writes', () => {
  for (const environment of Object.values(environments)) {
    const filters = all(environment, 'AWS::Logs::MetricFilter')
    const groups = new Set(filters.map(one => JSON.stringify(one.properties['LogGroupName'])))
    assert.ok(groups.size >= 2, 'API and worker')
    for (const figure of Object.keys(watchedFigures)) {
      const own = filters.filter(
        one => at(one.properties, 'MetricTransformations', 0, 'MetricName') === figure,
      )
      assert.equal(own.length, groups.size, figure)
      assert.equal(own[0]?.properties['FilterPattern'], `{ $.figure = "${figure}" }`)
      assert.equal(at(own[0]?.properties, 'MetricTransformations', 0, 'MetricValue'), '$.value')
    }
    assert.equal(filters.length, groups.size * Object.keys(watchedFigures).length)
    for (const { properties } of all(environment, 'AWS::CloudWatch::Alarm')) {
      if (properties['Namespace'] !== `janta-${environment.name}`) continue
      assert.ok(String(properties['MetricName']) in watchedFigures)
    }
  }
})

test('the boards show requests, errors, time and how full each part is, then what the pharmacy does', () => {
  for (const environment of Object.values(environments)) {
    const shown = (board: string) => {
      const name = `janta-${environment.name}-${board}`
      const found = named(environment, 'AWS::CloudWatch::Dashboard', 'DashboardName', name)
      return JSON.stringify(found.properties['DashboardBody'])
    }
    const [machinery, pharmacy] = [shown('machinery'), shown('pharmacy')]
    const red = ['RequestCount', 'HTTPCode_Target_5XX_Count', 'TargetResponseTime']
    const full = ['CPUUtilization', 'MemoryUtilization', 'DatabaseConnections', 'FreeStorageSpace']
    for (const metric of [...red, ...full]) assert.ok(machinery.includes(metric), metric)
    for (const service of ['ApiService', 'WorkerService', 'ShopService'])
      assert.ok(machinery.includes(service), service)
    const business = ['OrdersPlaced', 'ReviewSeconds', 'PaymentFailures']
    for (const figure of [...business, 'StockDiscrepancies', 'RegisterGaps'])
      assert.ok(pharmacy.includes(figure), figure)
  }
})

test('jobs that stand still ring, also when nobody is left to measure them', () => {
  const { properties } = named(
    launch,
    'AWS::CloudWatch::Alarm',
    'AlarmName',
    'janta-launch-JobsLate',
  )
  assert.equal(properties['MetricName'], 'OldestJobSeconds')
  assert.equal(properties['TreatMissingData'], 'breaching')
  assert.ok(Number(properties['Threshold']) <= 300)
})

test('what must never differ rings too when nobody compared it for an hour', () => {
  for (const id of ['StockDiffers', 'RegisterGap']) {
    const name = `janta-launch-${id}`
    const { properties } = named(launch, 'AWS::CloudWatch::Alarm', 'AlarmName', name)
    assert.equal(properties['TreatMissingData'], 'breaching', id)
    assert.ok(
      Number(properties['Period']) > 3_600,
      `${id}: a measurement on time is in every period`,
    )
  }
})

test('what a program says is kept 180 days and more, in India', () => {
  for (const environment of Object.values(environments)) {
    assert.match(environment.region, /^ap-south-[12]$/)
    const groups = all(environment, 'AWS::Logs::LogGroup')
    assert.ok(groups.length >= 6)
    for (const { id, properties, deletionPolicy } of groups) {
      assert.ok(Number(properties['RetentionInDays']) >= 180, id)
      assert.equal(deletionPolicy, 'Retain', id)
    }
  }
})

test('every alarm says what it means and tells the operator', () => {
  for (const environment of Object.values(environments)) {
    const alarms = all(environment, 'AWS::CloudWatch::Alarm')
    assert.ok(alarms.length >= 10)
    for (const { id, properties } of alarms) {
      assert.ok(String(properties['AlarmDescription']).length > 20, id)
      assert.equal(listAt(properties, 'AlarmActions').length, 1, id)
    }
    assert.equal(
      only(environment, 'AWS::SNS::Subscription').properties['Endpoint'],
      environment.operatorEmail,
    )
    assert.ok(only(environment, 'AWS::SNS::Topic').properties['KmsMasterKeyId'])
  }
})

test('the budget of launch is 190 USD, warned of at 80 % spent and at 100 % forecast', () => {
  const { properties } = only(launch, 'AWS::Budgets::Budget')
  assert.deepEqual(at(properties, 'Budget', 'BudgetLimit'), { Amount: 190, Unit: 'USD' })
  const notices = listAt(properties, 'NotificationsWithSubscribers').map(notice => [
    at(notice, 'Notification', 'NotificationType'),
    at(notice, 'Notification', 'Threshold'),
  ])
  assert.deepEqual(notices, [
    ['ACTUAL', 80],
    ['FORECASTED', 100],
  ])
})

test('a day that costs unlike the days before is reported at once', () => {
  only(launch, 'AWS::CE::AnomalyMonitor')
  assert.equal(only(launch, 'AWS::CE::AnomalySubscription').properties['Frequency'], 'IMMEDIATE')
})

test('whoever rings may write to the topic and use its key; a policy of its own lets nobody else in', () => {
  for (const environment of Object.values(environments)) {
    const topic = only(environment, 'AWS::SNS::Topic').properties
    const keyId = String(at(topic, 'KmsMasterKeyId', 'Fn::GetAtt', 0))
    const key = all(environment, 'AWS::KMS::Key').find(one => one.id.endsWith(`/${keyId}`))
    const policies = [
      [only(environment, 'AWS::SNS::TopicPolicy').properties, 'PolicyDocument', 'sns:Publish'],
      [key?.properties, 'KeyPolicy', 'kms:GenerateDataKey'],
    ] as const
    for (const [properties, place, action] of policies) {
      const allowing = listAt(properties, place, 'Statement').filter(
        one =>
          at(one, 'Effect') === 'Allow' && [at(one, 'Action')].flat().some(each => each === action),
      )
      const services = allowing.flatMap(one => [at(one, 'Principal', 'Service')].flat())
      for (const sender of ['cloudwatch', 'budgets', 'costalerts', 'autoscaling']) {
        assert.ok(services.includes(`${sender}.amazonaws.com`), `${sender} lacks ${action}`)
      }
      for (const one of allowing) {
        assert.equal(at(one, 'Condition', 'StringEquals', 'aws:SourceAccount'), environment.account)
      }
    }
  }
})
