import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rateOn, type Rates } from './tax-rates.ts'

const always = { effectiveFrom: '2017-07-01', effectiveTo: null }
const rates: Rates = {
  byHsn: [
    {
      hsnPrefix: '30',
      rateBasisPoints: 1200,
      effectiveFrom: '2017-07-01',
      effectiveTo: '2025-09-22',
    },
    { hsnPrefix: '30', rateBasisPoints: 500, effectiveFrom: '2025-09-22', effectiveTo: null },
    { hsnPrefix: '3401', rateBasisPoints: 1800, ...always },
    { hsnPrefix: '340111', rateBasisPoints: 500, ...always },
    { hsnPrefix: '9619', rateBasisPoints: 0, ...always },
  ],
  byProduct: [
    { packId: 'emicizumab', rateBasisPoints: 0, effectiveFrom: '2025-09-22', effectiveTo: null },
  ],
}
const item = (hsn: string | null, packId = 'any') => ({ packId, hsn, description: 'Testine' })

test('the longest prefix of the HSN decides', () => {
  assert.equal(rateOn(rates, item('34011190'), '2026-01-01'), 500)
  assert.equal(rateOn(rates, item('34012000'), '2026-01-01'), 1800)
  assert.equal(rateOn(rates, item('96190010'), '2026-01-01'), 0)
})

test('a rate holds from its first day to the day before its last', () => {
  assert.equal(rateOn(rates, item('30049099'), '2025-09-21'), 1200)
  assert.equal(rateOn(rates, item('30049099'), '2025-09-22'), 500)
})

test('a drug named by a notification has its own rate from that day on', () => {
  assert.equal(rateOn(rates, item('30021290', 'emicizumab'), '2026-01-01'), 0)
  assert.equal(rateOn(rates, item('30021290', 'emicizumab'), '2025-09-21'), 1200)
})

test('what has no HSN or no rate is refused by name, never guessed', () => {
  for (const [wanted, day] of [
    [item(null), '2026-01-01'],
    [item(null, 'emicizumab'), '2026-01-01'],
    [item('99887766'), '2026-01-01'],
    [item('30049099'), '2017-06-30'],
  ] as const) {
    assert.throws(
      () => rateOn(rates, wanted, day),
      (error: Error & { code?: string }) =>
        error.code === 'tax_rate_unknown' && error.message.includes('Testine'),
    )
  }
})
