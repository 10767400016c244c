import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Pick } from '@janta/contracts'
import {
  countedOne,
  fromAnotherBatch,
  nextOpen,
  packingOf,
  readScan,
  startPicks,
  toggled,
  unconfirmed,
} from './pick-list.ts'

const pick = (batchNumber: string, bin: string, packs = 1): Pick => ({
  orderLine: 1,
  medicineId: `medicine of ${batchNumber}`,
  name: `Medicine ${batchNumber}`,
  packLabel: 'strip of 15 tablets',
  batchId: `id of ${batchNumber}`,
  batchNumber,
  expiry: '2028-03',
  bin,
  packs,
})
const list = () => startPicks({ picks: [pick('TL2093', 'B-10'), pick('PN4417', 'B-2', 3)] })
const other = { batchId: 'id of PN4102', batchNumber: 'PN4102', expiry: '2027-01', bin: 'A-03-1' }

test('the walk goes by bin, B-2 before B-10', () => {
  assert.deepEqual(
    list().map(one => one.bin),
    ['B-2', 'B-10'],
  )
})

test('each strip is counted: a pick of three is confirmed by the third scan and not before', () => {
  let picks = list()
  for (const strip of [1, 2, 3]) {
    assert.deepEqual(readScan(picks, 'PN4417'), { kind: 'counted', at: 0 })
    picks = countedOne(picks, 0, 1)
    assert.deepEqual([picks[0]?.counted, picks[0]?.isConfirmed], [strip, strip === 3])
  }
  assert.equal(readScan(picks, 'PN4417').kind, 'already', 'a fourth strip is one too many')
  const back = countedOne(picks, 0, -1)
  assert.deepEqual([back[0]?.counted, back[0]?.isConfirmed], [2, false])
})

test('the right batch counts into its pick, the same one again does not', () => {
  const picks = list()
  assert.deepEqual(readScan(picks, 'tl2093'), { kind: 'counted', at: 1 })
  assert.deepEqual(readScan(toggled(picks, 1), 'TL2093'), { kind: 'already', at: 1 })
})

test('a wrong batch is named and confirms nothing', () => {
  assert.deepEqual(readScan(list(), 'zz 9999'), { kind: 'wrong', batch: 'ZZ9999' })
})

test('a confirmed pick can be taken back until it is packed', () => {
  const once = toggled(list(), 0)
  assert.equal(unconfirmed(once), 1)
  assert.equal(unconfirmed(toggled(once, 0)), 2)
})

test('all packs from another batch replace the pick, with the reason', () => {
  const picks = fromAnotherBatch(toggled(list(), 0), 0, other, 3, 'Strip torn')
  assert.equal(picks.length, 2)
  assert.deepEqual(packingOf(picks).picks[0], {
    medicineId: 'medicine of PN4417',
    batchId: 'id of PN4102',
    packs: 3,
    reason: 'Strip torn',
  })
  assert.equal(picks[0]?.isConfirmed, false, 'the new batch has not been seen yet')
})

test('some packs from another batch leave the rest with the first', () => {
  const picks = fromAnotherBatch(list(), 0, other, 1, 'Only two left in the bin')
  assert.deepEqual(
    picks.map(one => [one.batchNumber, one.packs]),
    [
      ['PN4417', 2],
      ['PN4102', 1],
      ['TL2093', 1],
    ],
  )
  assert.equal(
    picks.reduce((sum, one) => sum + one.packs, 0),
    4,
    'no pack is lost or made',
  )
  assert.equal(new Set(picks.map(one => one.key)).size, 3)
})

test('the reserved batch needs no reason', () => {
  assert.ok(packingOf(list()).picks.every(one => !('reason' in one)))
})

test('after a pick the next open one is chosen, around the end', () => {
  const picks = list()
  assert.equal(nextOpen(toggled(picks, 1), 1), 0)
  assert.equal(nextOpen(toggled(picks, 0), 0), 1)
  assert.equal(nextOpen(toggled(toggled(picks, 0), 1), 1), 1)
})
