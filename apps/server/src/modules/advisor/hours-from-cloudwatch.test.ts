import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AskCloudWatch, cloudWatchFigures } from './hours-from-cloudwatch.ts'
import { overlay } from './find-advice.ts'

const hour = new Date('2026-11-01T10:00:00Z')
const window = [new Date('2026-10-25T00:00:00Z'), new Date('2026-11-02T00:00:00Z')] as const

/** AWS itself cannot be asked here; its answer has the shape the SDK's types promise. */
const answering = (pages: Awaited<ReturnType<AskCloudWatch>>[]) => {
  const asked: Parameters<AskCloudWatch>[0][] = []
  const ask: AskCloudWatch = async input => {
    asked.push(input)
    return pages[Math.min(asked.length, pages.length) - 1]!
  }
  return { ask, asked }
}

test('percent become shares, credits stay credits, pages are followed', async () => {
  const { ask, asked } = answering([
    { MetricDataResults: [{ Id: 'q0', Timestamps: [hour], Values: [62] }], NextToken: 'more' },
    { MetricDataResults: [{ Id: 'q4', Timestamps: [hour], Values: [333] }] },
  ])
  const hours = await cloudWatchFigures(ask, 'janta-launch').readHours(...window)
  assert.deepEqual(hours.get(hour.getTime()), { apiCpu: 0.62, creditBalance: 333 })
  assert.equal(asked.length, 2)
  assert.equal(asked[1]?.NextToken, 'more')
})

test('every question names the installation’s own cluster, service and database', async () => {
  const { ask, asked } = answering([{ MetricDataResults: [] }])
  await cloudWatchFigures(ask, 'janta-launch').readHours(...window)
  const named = (asked[0]?.MetricDataQueries ?? []).map(one =>
    (one.MetricStat?.Metric?.Dimensions ?? []).map(dimension => dimension.Value).join('/'),
  )
  assert.equal(named.length, 7)
  assert.deepEqual(
    new Set(named),
    new Set(['janta-launch/janta-launch-api', 'janta-launch/janta-launch-worker', 'janta-launch']),
  )
})

test('an answer without end is cut off', async () => {
  const { ask } = answering([{ MetricDataResults: [], NextToken: 'again' }])
  await assert.rejects(
    cloudWatchFigures(ask, 'janta-launch').readHours(...window),
    /more than 20 pages/,
  )
})

test('what AWS measured replaces our own figure; hours only AWS knows are no evidence of load', () => {
  const own = new Map([[1, { startsAt: 1, apiCpu: 0.2, requests: 5 }]])
  const theirs = new Map([
    [1, { apiCpu: 0.6 }],
    [2, { apiCpu: 0.9 }],
  ])
  assert.deepEqual(overlay(own, [theirs]), [{ startsAt: 1, apiCpu: 0.6, requests: 5 }])
})
