import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Advice } from '@janta/contracts'
import { api, Browser, mobileOf, type TestWeb, testWeb } from '#test/web-for-tests'
import { loadSampleWeek } from './load-sample-week.ts'

let web: TestWeb
before(async () => {
  web = await testWeb({ sample: true })
})
after(() => web.close())

test('the sample week is calm enough to buy nothing, and every hour of it can be drawn', async () => {
  await loadSampleWeek(web.own.database)
  await loadSampleWeek(web.own.database)
  const administrator = await new Browser(web.app).signIn(mobileOf.administrator)
  const answer = await administrator.send(api.getAdvice, { query: { days: 28 } })
  assert.equal(answer.statusCode, 200, answer.body)
  const advice: Advice = answer.json()
  assert.equal(advice.verdict, 'none', advice.sentence)
  assert.ok(advice.hours.length >= 160 && advice.hours.length <= 168, String(advice.hours.length))
  assert.ok(advice.hours.every(hour => hour.requests > 0 && hour.p95Ms && hour.apiCpu))
  const times = advice.hours.map(hour => hour.at)
  assert.deepEqual(times, times.toSorted())
})
