import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packingOf, startPicks } from '#lib/pick-list.ts'
import { cutAfterAll, fromOpenStrip, openStripPick, pickToCut } from './cut-pick.ts'

const pick = (batchId: string, packs: number) => ({
  orderLine: 1,
  medicineId: 'm',
  name: 'Medicine',
  packLabel: 'strip of 10 tablets',
  batchId,
  batchNumber: batchId.toUpperCase(),
  expiry: '2028-03',
  bin: 'A-1',
  packs,
})
const strip = { batchId: 'open', batchNumber: 'OPEN', expiry: '2027-01', bin: 'C-1', units: 7 }

test('the last pick of the medicine is the one that is cut', () => {
  const picks = startPicks({ picks: [pick('b1', 2), pick('b2', 1)] })
  assert.equal(pickToCut(picks, 'm')?.batchId, 'b2')
  assert.equal(pickToCut(picks, 'another'), undefined)
})

test('a strip cut before stands for one pack, is sent as such, and goes back by one press', () => {
  for (const packs of [1, 6]) {
    const start = startPicks({ picks: [pick('b1', packs)] })
    const picks = fromOpenStrip(start, 'm', strip, '5 tablets, cut')
    assert.equal(openStripPick(picks, 'm')?.take, '5 tablets, cut')
    const piece = { medicineId: 'm', batchId: 'open', packs: 1, fromCutStrip: true }
    const rest = packs === 1 ? [] : [{ medicineId: 'm', batchId: 'b1', packs: packs - 1 }]
    assert.deepEqual(packingOf(picks), { picks: [...rest, piece] })
    assert.deepEqual(cutAfterAll(picks, 'm'), start)
    assert.equal(openStripPick(start, 'm'), undefined)
  }
})
