import assert from 'node:assert/strict'
import { test } from 'node:test'
import { priceBands, saleDecisions } from '@janta/contracts'
import { bandUnknown } from './price-band.ts'
import {
  bandOfKind,
  decisionOf,
  formOf,
  isInStockOf,
  kindOf,
  kindsMax,
  traitsOf,
} from './traits.ts'

test('every form, band, decision and stock comes out of the cell as it went in', () => {
  const cells = new Set<number>()
  const bands = [bandUnknown, ...priceBands.keys()]
  for (const form of [0, 1, 127, 254, 255])
    for (const band of bands)
      for (const decision of saleDecisions.keys())
        for (const isInStock of [false, true]) {
          const cell = traitsOf({ form, band, decision, isInStock })
          const kind = kindOf(cell)
          assert.ok(cell < 2 ** 16 && kind < kindsMax)
          cells.add(cell)
          assert.deepEqual(
            [formOf(cell), bandOfKind(kind), decisionOf(kind), isInStockOf(kind)],
            [form, band, decision, isInStock],
          )
        }
  assert.equal(cells.size, 5 * bands.length * saleDecisions.length * 2)
})
