import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Order } from '@janta/contracts'
import { piecesOf } from './piece-words.ts'

const line = (more: object) =>
  ({
    medicineId: 'm1',
    packLabel: 'strip of 10 tablets',
    quantity: 6,
    verdict: null,
    ...more,
  }) as unknown as Order['lines'][number]

test('what is cut is told in tablets, in both languages; whole packs have no words of their own', () => {
  const cut = line({
    units: 55,
    verdict: { verdict: 'reduced', approvedPacks: 6, approvedUnits: 55, code: null },
  })
  assert.deepEqual(piecesOf({ lines: [cut, line({ medicineId: 'm2' })] }, 'en'), {
    m1: {
      bought: '55 tablets: 6 strips, the last one cut',
      approved: '55 tablets: a strip is cut, and you pay for these only',
    },
  })
  const few = line({ units: 5, quantity: 1 })
  assert.equal(piecesOf({ lines: [few] }, 'en')['m1']?.bought, '5 tablets, cut from a strip')
  assert.equal(piecesOf({ lines: [few] }, 'hi')['m1']?.bought, '5 गोली, पत्ते से काटकर')
})
