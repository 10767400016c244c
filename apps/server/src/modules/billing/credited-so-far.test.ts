import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { creditOf, type LineAmounts, nothingCredited, roundOffCredited } from './credited-so-far.ts'
import { taxWithin } from './gst-arithmetic.ts'

const lineOf = (netPaise: number, rate: number): LineAmounts => ({
  netPaise,
  ...taxWithin(netPaise, rate, false),
})
const add = (one: LineAmounts, other: LineAmounts): LineAmounts => ({
  netPaise: one.netPaise + other.netPaise,
  taxablePaise: one.taxablePaise + other.taxablePaise,
  cgstPaise: one.cgstPaise + other.cgstPaise,
  sgstPaise: one.sgstPaise + other.sgstPaise,
  igstPaise: one.igstPaise + other.igstPaise,
})

function returnOneByOne(line: LineAmounts, unitsSold: number): LineAmounts[] {
  let before = nothingCredited
  return Array.from({ length: unitsSold }, (_, unitsBefore) => {
    const credit = creditOf(line, { unitsSold, unitsBefore, units: 1 }, before)
    before = add(before, credit)
    return credit
  })
}

test('three returns of a line of 302.40 bring back 100.80 each, 96.00 of it taxable', () => {
  for (const credit of returnOneByOne(lineOf(30240, 500), 3)) {
    assert.deepEqual(credit, {
      netPaise: 10080,
      taxablePaise: 9600,
      cgstPaise: 240,
      sgstPaise: 240,
      igstPaise: 0,
    })
  }
})

test('three returns of a line of 100.00 bring back 33.33, 33.34 and 33.33', () => {
  assert.deepEqual(
    returnOneByOne(lineOf(10000, 500), 3).map(one => one.netPaise),
    [3333, 3334, 3333],
  )
})

test('however a line comes back, its returns add up to it under every head', () => {
  const line = fc.record({
    net: fc.integer({ min: 0, max: 500_000 }),
    rate: fc.constantFrom(0, 500, 1200, 1800),
    cuts: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
  })
  fc.assert(
    fc.property(line, ({ net, rate, cuts }) => {
      const whole = lineOf(net, rate)
      const unitsSold = cuts.reduce((sum, units) => sum + units, 0)
      let [before, unitsBefore] = [nothingCredited, 0]
      for (const units of cuts) {
        const credit = creditOf(whole, { unitsSold, unitsBefore, units }, before)
        assert.ok(credit.netPaise >= 0 && credit.cgstPaise >= 0 && credit.taxablePaise >= -2)
        before = add(before, credit)
        unitsBefore += units
      }
      assert.deepEqual(before, whole)
    }),
    { numRuns: 500, seed: 20261122 },
  )
})

test('the cash rounding goes back in proportion and in whole, and no part of it is more than what it belongs to', () => {
  assert.equal(roundOffCredited(-9, 40209, 40209), -9)
  assert.equal(roundOffCredited(49, 20100, 40201), 24)
  fc.assert(
    fc.property(
      fc.integer({ min: -99, max: 49 }),
      fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 10 }),
      (roundOff, nets) => {
        const total = nets.reduce((sum, net) => sum + net, 0)
        fc.pre(total + roundOff >= 0)
        let [credited, paid] = [0, 0]
        for (const net of nets) {
          const now = credited + net + roundOffCredited(roundOff, credited + net, total)
          assert.ok(now >= paid, 'a return never takes money back')
          credited += net
          paid = now
        }
        assert.equal(paid, total + (total === 0 ? 0 : roundOff))
      },
    ),
    { numRuns: 500, seed: 20261122 },
  )
})
