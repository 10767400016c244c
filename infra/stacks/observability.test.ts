import assert from 'node:assert/strict'
import { test } from 'node:test'
import { all, only } from '../checks/look.ts'
import { environments, launch } from '../environments.ts'
import { at, listAt } from '../template.ts'

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
