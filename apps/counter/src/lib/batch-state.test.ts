import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shownState } from './batch-state.ts'
import { packsOf } from './packs.ts'

const reason = { code: 'batch_expired', sentence: 'It has expired.' }

test('what the server forbids is never shown as good', () => {
  assert.equal(shownState({ state: 'recalled', notIssuable: reason }, 20), 'recalled')
  assert.equal(shownState({ state: 'sellable', notIssuable: reason }, 20), 'blocked')
  assert.equal(shownState({ state: 'sellable', notIssuable: reason }, -1), 'expired')
})

test('a batch near its end leaves first', () => {
  assert.equal(shownState({ state: 'sellable', notIssuable: null }, 3), 'sell_first')
  assert.equal(shownState({ state: 'sellable', notIssuable: null }, 4), 'good')
})

test('units are whole packs and loose ones', () => {
  assert.deepEqual(packsOf(47, 15), { packs: 3, loose: 2 })
  assert.deepEqual(packsOf(45, 15), { packs: 3, loose: 0 })
  assert.deepEqual(packsOf(0, 1), { packs: 0, loose: 0 })
})
