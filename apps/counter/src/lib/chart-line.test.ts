import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chartLine, chartSize } from './chart-line.ts'

test('the line begins at the left, ends at the right, and its top is the most', () => {
  const { path, most } = chartLine([
    { at: 0, value: 0 },
    { at: 50, value: 10 },
    { at: 100, value: 5 },
  ])
  assert.equal(most, 10)
  assert.equal(path, `M0.0 ${chartSize.height - 1}.0L84.0 1.0L${chartSize.width}.0 24.0`)
})

test('an hour nobody measured is a gap', () => {
  const { path } = chartLine([
    { at: 0, value: 1 },
    { at: 1, value: null },
    { at: 2, value: 1 },
  ])
  assert.equal(path.match(/M/g)?.length, 2)
  assert.doesNotMatch(path, /L/)
})

test('a week of nothing is a flat line, and no figures are no line', () => {
  assert.match(
    chartLine([
      { at: 0, value: 0 },
      { at: 1, value: 0 },
    ]).path,
    /^M0.0 47.0L168.0 47.0$/,
  )
  assert.deepEqual(chartLine([]), { path: '', most: 0 })
})
