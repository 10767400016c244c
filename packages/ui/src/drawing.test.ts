import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawingOf, hueOf } from './drawing.ts'

test('each dosage form has a drawing and an unknown one is a box', () => {
  assert.equal(drawingOf('tablet'), 'strip')
  assert.equal(drawingOf('eye_drops'), 'drops')
  assert.equal(drawingOf('never heard of'), 'box')
})

test('a medicine keeps its colour', () => {
  assert.equal(hueOf('Paracetamol 650'), hueOf('Paracetamol 650'))
  for (const name of ['a', 'Paracetamol', 'ORS']) {
    const hue = hueOf(name)
    assert.ok(hue >= 0 && hue < 360 && hue % 15 === 0)
  }
  assert.ok(new Set(Array.from({ length: 40 }, (_, n) => hueOf(`brand ${n}`))).size > 8)
})
