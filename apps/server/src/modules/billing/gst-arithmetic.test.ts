import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shareExactly } from '#kernel/share-exactly'
import { cashRoundOff, discountOf, grossOf, taxWithin } from './gst-arithmetic.ts'

interface Example {
  readonly name: string
  readonly mrp: number
  readonly units: number
  readonly unitsPerPack: number
  readonly rate: number
  readonly off: number
  readonly inter?: true
  /** gross, discount, net, taxable, CGST, SGST, IGST */
  readonly want: readonly number[]
}

const examples: readonly Example[] = [
  {
    name: 'A',
    mrp: 11200,
    units: 3,
    unitsPerPack: 1,
    rate: 500,
    off: 1000,
    want: [33600, 3360, 30240, 28800, 720, 720, 0],
  },
  {
    name: "A'",
    mrp: 11200,
    units: 3,
    unitsPerPack: 1,
    rate: 500,
    off: 1000,
    inter: true,
    want: [33600, 3360, 30240, 28800, 0, 0, 1440],
  },
  {
    name: 'B',
    mrp: 3091,
    units: 2,
    unitsPerPack: 1,
    rate: 500,
    off: 1800,
    want: [6182, 1113, 5069, 4827, 121, 121, 0],
  },
  {
    name: "B'",
    mrp: 3091,
    units: 2,
    unitsPerPack: 1,
    rate: 500,
    off: 1800,
    inter: true,
    want: [6182, 1113, 5069, 4828, 0, 0, 241],
  },
  {
    name: 'C, seven loose tablets of fifteen',
    mrp: 3091,
    units: 7,
    unitsPerPack: 15,
    rate: 500,
    off: 0,
    want: [1442, 0, 1442, 1374, 34, 34, 0],
  },
  {
    name: 'D, nil rated',
    mrp: 25000,
    units: 1,
    unitsPerPack: 1,
    rate: 0,
    off: 500,
    want: [25000, 1250, 23750, 23750, 0, 0, 0],
  },
  {
    name: 'E',
    mrp: 9900,
    units: 1,
    unitsPerPack: 1,
    rate: 1800,
    off: 0,
    want: [9900, 0, 9900, 8390, 755, 755, 0],
  },
]

for (const { name, mrp, units, unitsPerPack, rate, off, inter, want } of examples) {
  test(`the worked example ${name} comes out to the paisa`, () => {
    const gross = grossOf(mrp, units, unitsPerPack)
    const discount = discountOf(gross, off)
    const net = gross - discount
    const tax = taxWithin(net, rate, inter ?? false)
    const got = [
      gross,
      discount,
      net,
      tax.taxablePaise,
      tax.cgstPaise,
      tax.sgstPaise,
      tax.igstPaise,
    ]
    assert.deepEqual(got, want)
  })
}

test('a coupon of Rs 50 over A, B and E is shared once and leaves 402.09, of which 373.71 is taxable', () => {
  const nets = [30240, 5069, 9900]
  const shares = shareExactly(5000, nets)
  assert.deepEqual(shares, [3344, 561, 1095])
  const left = nets.map((net, at) => net - shares[at]!)
  assert.deepEqual(left, [26896, 4508, 8805])
  const taxed = left.map((net, at) => taxWithin(net, [500, 500, 1800][at]!, false))
  assert.deepEqual(
    taxed.map(one => one.taxablePaise),
    [25616, 4294, 7461],
  )
  assert.deepEqual(
    taxed.map(one => [one.cgstPaise, one.sgstPaise]),
    [
      [640, 640],
      [107, 107],
      [672, 672],
    ],
  )
  const sum = (of: (one: (typeof taxed)[number]) => number) =>
    taxed.reduce((all, one) => all + of(one), 0)
  assert.deepEqual(
    [sum(one => one.taxablePaise), sum(one => one.cgstPaise), sum(one => one.sgstPaise)],
    [37371, 1419, 1419],
  )
  assert.equal(37371 + 1419 + 1419, 40209)
  assert.equal(cashRoundOff(40209, 45209), -9)
})

test('for every net to Rs 2,000 the printed CGST is within a paisa of taxable times half the rate', () => {
  let looked = 0
  for (const rate of [500, 1200, 1800]) {
    for (let net = 1; net <= 200_000; net++) {
      const { taxablePaise, cgstPaise, sgstPaise, igstPaise } = taxWithin(net, rate, false)
      const off = Math.abs(cgstPaise * 20_000 - taxablePaise * rate)
      if (off >= 20_000 || taxablePaise + cgstPaise + sgstPaise !== net || igstPaise !== 0) {
        assert.fail(`${net} at ${rate} gives ${taxablePaise} and ${cgstPaise}`)
      }
      looked++
    }
  }
  assert.equal(looked, 600_000)
})

test('cash goes to the nearest rupee, half down, and never above the MRPs', () => {
  assert.deepEqual(
    [40209, 40250, 40251, 40299, 40200].map(total => cashRoundOff(total, 50_000)),
    [-9, -50, 49, 1, 0],
  )
  assert.equal(
    cashRoundOff(9980, 9980),
    -80,
    'Rs 100 for goods whose MRP is 99.80 would be above it',
  )
  assert.equal(cashRoundOff(9980, 9999), -80)
  assert.equal(cashRoundOff(9980, 10_000), 20)
})
