import assert from 'node:assert/strict'
import { test } from 'node:test'
import { launch, scaled } from '../environments.ts'
import { documentText, generatedParts, renewed } from './document.ts'
import { networkPicture } from './picture.ts'
import { alarmTable, roleTable, securityRules } from './tables.ts'

test('the generated parts of the document are those of the templates', () => {
  const text = documentText()
  assert.ok(generatedParts().size >= 5)
  assert.equal(text, renewed(text), 'Run: node infra/checks/document.ts')
})

test('every rule of a security group is explained in one line', () => {
  const rules = securityRules(scaled)
  assert.ok(rules.length > 20)
  for (const { group, why } of rules) {
    assert.ok(why.length > 10, group)
    assert.doesNotMatch(why, /\n/)
  }
})

test('the picture shows both ways out, and none for the database', () => {
  const picture = networkPicture(launch)
  assert.match(picture, /tasks_a -->\|"::\/0"\| egress/)
  assert.match(picture, /tasks_b -->\|"0\.0\.0\.0\/0"\| nat\["NAT instance/)
  assert.doesNotMatch(picture, /database_[ab] -->/)
  assert.match(networkPicture(scaled), /nat\["NAT gateway"\]/)
})

test('the table of roles says what each may do, and that some may do nothing', () => {
  const table = roleTable(launch)
  assert.match(table, /janta-launch-shop-task \| ecs-tasks.amazonaws.com \| nothing/)
  assert.match(table, /janta-launch-release \| GitHub, repo:janta\/pharmacy:environment:launch/)
})

test('the table of alarms counts minutes, however long the figure behind an alarm takes', () => {
  const table = alarmTable(launch)
  assert.match(table, /-RequestsFail \| over 5 for 3 min/)
  assert.match(table, /-JobsLate \| over 300 for 10 min/)
  assert.match(table, /-PaymentsFail \| over 4 for 15 min/)
  assert.match(table, /-RegisterGap \| over 0 for 70 min/)
})
