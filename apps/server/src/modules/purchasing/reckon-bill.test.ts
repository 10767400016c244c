import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { reckonBill, type ReckonedFrom } from './reckon-bill.ts'
import { portionOf, shareExactly } from '#kernel/share-exactly'

const line = (more: Partial<ReckonedFrom> = {}): ReckonedFrom => ({
  ratePaise: 10_000,
  billedPacks: 10,
  gstBasisPoints: 500,
  goodPacks: 10,
  unitsPerPack: 10,
  ...more,
})

test('ten and one free: eleven strips cost what ten are charged', () => {
  const bill = reckonBill([line({ freePacks: 1, goodPacks: 11 })], {})
  assert.deepEqual(bill?.lines[0], {
    taxablePaise: 100_000,
    gstPaise: 5_000,
    landedPaise: 100_000,
    units: 110,
    unitPaise: 909,
    dearerUnits: 10,
  })
  assert.equal(bill?.totalPaise, 105_000)
})

test('of a short line only what came is cost; broken packs are part of it', () => {
  const short = reckonBill([line({ goodPacks: 7, damagedPacks: 1 })], {})
  assert.equal(short?.lines[0]?.landedPaise, 80_000)
  const none = reckonBill([line({ goodPacks: 0 })], {})
  assert.deepEqual([none?.lines[0]?.landedPaise, none?.lines[0]?.units], [0, 0])
})

test('discount before tax, rounding after it', () => {
  const bill = reckonBill([line({ discountBasisPoints: 1_000 })], { roundingPaise: -20 })
  assert.deepEqual([bill?.taxablePaise, bill?.gstPaise, bill?.totalPaise], [90_000, 4_500, 94_480])
  assert.equal(reckonBill([line()], { billDiscountPaise: 100_001 }), null)
})

const money = fc.integer({ min: 0, max: 10_000_000_000 })
const anyLine = fc
  .record({
    ratePaise: fc.integer({ min: 0, max: 5_000_000 }),
    billedPacks: fc.integer({ min: 0, max: 5_000 }),
    freePacks: fc.integer({ min: 0, max: 500 }),
    discountBasisPoints: fc.integer({ min: 0, max: 10_000 }),
    gstBasisPoints: fc.constantFrom(0, 500, 1_200, 1_800),
    damagedPacks: fc.nat(5),
    unitsPerPack: fc.integer({ min: 1, max: 300 }),
  })
  .map(one => ({
    ...one,
    goodPacks: Math.max(0, one.billedPacks + one.freePacks - one.damagedPacks),
  }))

test('whatever the bill, units add up to their line and lines to the bill, to the paisa', () => {
  fc.assert(
    fc.property(
      fc.array(anyLine, { minLength: 1, maxLength: 60 }),
      fc.nat(1_000_000),
      fc.nat(1_000_000),
      (lines, chargesPaise, billDiscountPaise) => {
        const bill = reckonBill(lines, { chargesPaise, billDiscountPaise })
        const plain = reckonBill(lines, {})
        assert.ok(plain)
        if (!bill) return assert.ok(billDiscountPaise > plain.taxablePaise)
        assert.equal(bill.taxablePaise, plain.taxablePaise + chargesPaise - billDiscountPaise)
        for (const [at, one] of bill.lines.entries()) {
          if (one.units > 0) {
            assert.equal(one.unitPaise * one.units + one.dearerUnits, one.landedPaise)
            assert.ok(one.dearerUnits < one.units)
          }
          assert.ok(one.taxablePaise >= 0, `line ${at} is below nothing`)
        }
        const landed = bill.lines.reduce((sum, one) => sum + one.landedPaise, 0)
        assert.ok(landed <= bill.taxablePaise)
      },
    ),
  )
})

test('shares add up to the amount and none is a paisa from its due', () => {
  fc.assert(
    fc.property(money, fc.array(money, { minLength: 1, maxLength: 200 }), (amount, weights) => {
      const shares = shareExactly(amount, weights)
      assert.equal(
        shares.reduce((sum, share) => sum + share, 0),
        amount,
      )
      const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
      if (total === 0n) return
      for (const [at, share] of shares.entries()) {
        const due = BigInt(amount) * BigInt(weights[at] ?? 0)
        const off = BigInt(share) * total - due
        assert.ok(off < total && off > -total, `share ${at} is off`)
      }
    }),
  )
  assert.deepEqual(shareExactly(5, [0, 0, 0]), [2, 2, 1])
  assert.equal(portionOf(1, 1, 2), 1)
})
