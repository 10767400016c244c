import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyDraft, emptyRow } from './receipt-draft.ts'
import { totalsOf } from './receipt-totals.ts'

test('paid and free packs are carried together and valued at MRP', () => {
  const rows = [
    { ...emptyRow(), packs: '40', freePacks: '4', mrp: '139.30' },
    { ...emptyRow(), packs: '10', mrp: '98' },
    emptyRow(),
  ]
  assert.deepEqual(totalsOf({ ...emptyDraft(), rows }), {
    lines: 2,
    packs: 54,
    mrpPaise: 44 * 139_30 + 10 * 98_00,
  })
})

test('a cell still being typed counts as nothing, not as a bug', () => {
  const rows = [{ ...emptyRow(), packs: 'x', freePacks: '.', mrp: '1.' }]
  assert.deepEqual(totalsOf({ ...emptyDraft(), rows }), { lines: 1, packs: 0, mrpPaise: 0 })
})
