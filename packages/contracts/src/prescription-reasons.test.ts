import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prescriptionReasons, readyQuestions, reasonSteps } from './prescription-reasons.ts'

test('every reason and every question has its words in English and in Hindi, and a reason a next step', () => {
  const said = { ...prescriptionReasons, ...readyQuestions }
  assert.ok(Object.keys(said).length > 30)
  for (const [code, { en, hi }] of Object.entries(said)) {
    assert.match(code, /^[a-z_]{4,40}$/)
    assert.match(en, /[.?:]$/, code)
    assert.match(hi, /[\u0900-\u097f]/, code)
    assert.match(hi, /[।?:]$/, code)
    assert.doesNotMatch(hi.replaceAll(/\(.*?\)/g, ''), /[a-z]/i, code)
  }
  for (const { step } of Object.values(prescriptionReasons)) assert.ok(reasonSteps.includes(step))
})
