import assert from 'node:assert/strict'
import { test } from 'node:test'
import { businessFigures } from '#kernel/business-figures'
import { openLog } from '#kernel/log'
import { metrics, type Sample } from '#kernel/metrics'
import { sayFigures } from '#kernel/say-figures'
import { watchedFigures } from '#kernel/watched-figures'
import { compose } from '../compose.ts'

const sample = (name: string, label: string, total: number, most: number): Sample => ({
  name,
  label,
  count: 1,
  total,
  most,
  spread: {},
})

function said(samples: readonly Sample[]): Record<string, unknown>[] {
  const lines: string[] = []
  sayFigures(
    openLog({ level: 'info', service: 'test' }, { write: line => lines.push(line) }),
    samples,
  )
  return lines.map(line => JSON.parse(line) as Record<string, unknown>)
}

test('a figure that was measured is one log line with its name and its number', () => {
  const lines = said([
    sample('jobs.oldest_ready', '', 70, 40),
    sample('payments.failures', 'refund', 2, 1),
    sample('payments.failures', 'webhook', 1, 1),
    sample('process.cpu', '', 9, 9),
  ])
  assert.deepEqual(
    lines.map(({ figure, value }) => [figure, value]),
    [
      ['OldestJobSeconds', 40],
      ['PaymentFailures', 3],
    ],
  )
})

test('of all events only the order that was placed is counted as one', () => {
  const lines = said([
    sample('business.events', 'ordering.order_placed', 4, 4),
    sample('business.events', 'ordering.order_packed', 9, 9),
  ])
  assert.deepEqual(
    lines.map(({ figure, value }) => [figure, value]),
    [['OrdersPlaced', 4]],
  )
  assert.deepEqual(said([]), [])
})

test('codes that the provider refused or was away for are counted together, those it sent are not', () => {
  const lines = said([
    sample('identity.sign_in_codes', 'sent', 40, 1),
    sample('identity.sign_in_codes', 'refused', 2, 1),
    sample('identity.sign_in_codes', 'away', 3, 1),
  ])
  assert.deepEqual(
    lines.map(({ figure, value }) => [figure, value]),
    [['CodesNotSent', 5]],
  )
})

test('every watched figure is a metric somebody declares, with a name an alarm can be found by', () => {
  assert.ok(compose.length > 0 && businessFigures.reviewTime)
  const declared = new Set(metrics.declarations().map(one => one.name))
  for (const [figure, { name }] of Object.entries(watchedFigures)) {
    assert.ok(
      declared.has(name as `${string}.${string}`),
      `${figure} reads ${name}, which nobody declares`,
    )
    assert.match(figure, /^[A-Z][A-Za-z]+$/)
  }
})
