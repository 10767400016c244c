import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiProblem } from '@janta/contracts'
import { sentenceWithValues } from './refusal-sentence.ts'

function said(code: string, values: Record<string, number | string>, wait?: number) {
  return sentenceWithValues(new ApiProblem(409, { code, values }, wait), 'hi')
}

test('the numbers of a refusal are said in Hindi', () => {
  assert.match(
    said('out_of_stock', { left: 3, name: 'Sample 500' }) ?? '',
    /Sample 500 के अभी सिर्फ़ 3/,
  )
  assert.match(said('out_of_stock', { left: 0, name: 'Sample 500' }) ?? '', /ख़त्म/)
  const limit =
    said('cash_limit_exceeded', { cashLimitPaise: 5_000_00, totalPaise: 6_543_21 }) ?? ''
  assert.match(limit, /5,000\.00.*6,543\.21/)
  assert.match(said('pin_code_not_served', { pin: '452001' }) ?? '', /452001/)
  assert.match(said('quantity_invalid', { linesMax: 50 }) ?? '', /50/)
  assert.match(said('too_many_requests', {}, 45) ?? '', /45 सेकंड/)
  assert.match(said('too_many_requests', {}, 61) ?? '', /2 मिनट/)
})

test('without its numbers a refusal is said in plain words instead', () => {
  for (const code of [
    'out_of_stock',
    'cash_limit_exceeded',
    'quantity_invalid',
    'too_many_requests',
    'x',
  ]) {
    assert.equal(said(code, {}), undefined, code)
  }
})
