import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkDigitOf, fillBlanks, groupSeparator, readScan } from './index.ts'

interface Vector {
  name: string
  raw: string
  expect: Record<string, string | null> | null
  error?: string
}
const { vectors } = JSON.parse(
  readFileSync(new URL('gs1-vectors.json', import.meta.url), 'utf8'),
) as { vectors: Vector[] }

test('every known code is read as its makers meant it, and every broken one says what is broken', () => {
  assert.ok(vectors.length >= 29, `only ${vectors.length} codes`)
  for (const { name, raw, expect, error } of vectors) {
    const scan = readScan(raw)
    if (!expect) {
      assert.deepEqual(scan, { kind: 'unreadable', problem: error }, name)
      continue
    }
    assert.equal(scan.kind, 'gs1', name)
    assert.ok(scan.kind === 'gs1')
    const { expiry, ...facts } = scan.facts
    const found = { ...facts, ...(expiry && { expiry: expiry.printed }) }
    const expected = Object.fromEntries(
      Object.entries(expect).filter(([, value]) => value !== null),
    )
    assert.deepEqual(found, expected, name)
  }
})

const gtin = '08901030100000'
const factsOf = (raw: string) => {
  const scan = readScan(raw)
  assert.ok('facts' in scan, `${JSON.stringify(raw)} was not read: ${JSON.stringify(scan)}`)
  return scan.facts
}

test('day 00 is the end of the month; an earlier day is told, because the law counts months', () => {
  assert.deepEqual(factsOf(`01${gtin}17260600`).expiry, {
    printed: '260600',
    month: '2026-06',
    earlyDay: null,
  })
  assert.equal(factsOf(`01${gtin}17280229`).expiry?.earlyDay, null)
  assert.equal(factsOf(`01${gtin}17280215`).expiry?.earlyDay, 15)
  assert.deepEqual(readScan(`]d201${gtin}17270229`), { kind: 'unreadable', problem: 'date' })
})

test('a scanner that types something else for the separator is understood', () => {
  for (const typed of [groupSeparator, '~', '|', '^', '#', '<GS>', '{GS}', '\\x1d', ' ', '␝']) {
    const facts = factsOf(`01${gtin}10AB12${typed}17271231${typed}21S1`)
    assert.deepEqual(
      [facts.batch, facts.expiry?.month, facts.serial],
      ['AB12', '2027-12', 'S1'],
      typed,
    )
  }
  assert.equal(factsOf(`]d2${groupSeparator}01${gtin}10X${groupSeparator}`).batch, 'X')
})

test('fields nobody needs are passed over, and a code with two batches is refused', () => {
  assert.equal(factsOf(`]d201${gtin}3103001250710123456${groupSeparator}10Q7`).batch, 'Q7')
  assert.deepEqual(readScan(`]d210A${groupSeparator}10B`), {
    kind: 'unreadable',
    problem: 'field twice',
  })
  assert.deepEqual(readScan(`]d210${'A'.repeat(21)}`), { kind: 'unreadable', problem: 'length' })
  assert.deepEqual(readScan(']d2'.padEnd(3_000, '1')), { kind: 'unreadable', problem: 'too long' })
  assert.deepEqual(readScan(']E08901030100018'), { kind: 'unreadable', problem: 'check digit' })
})

test('labelled text of the Schedule H2 rule is offered for a person to confirm', () => {
  const scan = readScan(
    'Brand: Testine 500\nBatch No.: AB/123\nMfg Date: 01/2026\nExp. Date: DEC 2027\nUPIC: 8901030100017',
  )
  assert.equal(scan.kind, 'guessed')
  assert.ok(scan.kind === 'guessed')
  const { gtin: found, batch, expiry, manufactured } = scan.facts
  assert.deepEqual(
    [found, batch, expiry?.month, manufactured?.month],
    ['08901030100017', 'AB/123', '2027-12', '2026-01'],
  )
  for (const [text, month] of [
    ['B.No: X1 | EXP: 11/27', '2027-11'],
    ['LOT=X1;EXPIRY=2027-11-30', '2027-11'],
    ['{"batch":"X1","expiry":"30/11/2027"}', '2027-11'],
    ['Batch: X1 Exp: Nov-27', '2027-11'],
  ] as const) {
    const guessed = factsOf(text)
    assert.deepEqual([guessed.batch, guessed.expiry?.month], ['X1', month], text)
  }
})

test('an address is read and never opened: a GS1 link by its fields, any other as a guess', () => {
  const link = readScan('https://id.example/01/08901030100000/10/AB%2F12/21/9?17=271231')
  assert.equal(link.kind, 'gs1')
  assert.ok(link.kind === 'gs1')
  assert.deepEqual(
    [link.facts.gtin, link.facts.batch, link.facts.expiry?.month],
    [gtin, 'AB/12', '2027-12'],
  )
  const other = readScan('https://check.example/v?batch_no=Z9&exp=03/2028')
  assert.equal(other.kind, 'guessed')
  assert.ok(other.kind === 'guessed')
  assert.deepEqual([other.facts.batch, other.facts.expiry?.month], ['Z9', '2028-03'])
  assert.deepEqual(readScan('https://check.example/aX7'), {
    kind: 'guessed',
    facts: {},
    text: 'https://check.example/aX7',
  })
})

test('what somebody typed stays what they typed', () => {
  for (const text of ['PN4417', '01089', '10ABC', '17 strips', '']) {
    assert.deepEqual(readScan(text), { kind: 'text', text }, text)
  }
})

const setOf82 = fc.stringMatching(/^[!"%&'*+,\-./0-9:;=?A-Z_a-z]{1,20}$/)
const date = fc
  .tuple(
    fc.integer({ min: 20, max: 60 }),
    fc.integer({ min: 1, max: 12 }),
    fc.constantFrom(0, 1, 15, 28),
  )
  .map(parts => parts.map(part => String(part).padStart(2, '0')).join(''))
const body = fc.stringMatching(/^\d{13}$/)

test('whatever is written by the standard, in any order of fields, is read back', () => {
  fc.assert(
    fc.property(
      body,
      setOf82,
      setOf82,
      date,
      fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
      (number, batch, serial, expiry, order) => {
        const code = number + checkDigitOf(number)
        const fields = [
          `01${code}`,
          `10${batch}${groupSeparator}`,
          `17${expiry}`,
          `21${serial}${groupSeparator}`,
        ]
        const scan = readScan(`]d2${order.map(at => fields[at]).join('')}`)
        assert.ok(scan.kind === 'gs1', JSON.stringify(scan))
        assert.deepEqual(
          [scan.facts.gtin, scan.facts.batch, scan.facts.serial, scan.facts.expiry?.printed],
          [code, batch, serial, expiry],
        )
      },
    ),
    { numRuns: 500 },
  )
})

test('one wrong digit of a GTIN never reads as another medicine', () => {
  fc.assert(
    fc.property(body, fc.nat(13), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
      const code = number + checkDigitOf(number)
      const wrong = code.slice(0, at) + ((Number(code[at]) + by) % 10) + code.slice(at + 1)
      assert.deepEqual(readScan(`]d201${wrong}`), { kind: 'unreadable', problem: 'check digit' })
    }),
  )
})

test('no text whatever makes the reader fail', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('', ']d2', '(01)', 'https://a.example/01/', 'Batch:'),
      (text, start) => {
        assert.ok(readScan(start + text).kind)
      },
    ),
    { numRuns: 1_000 },
  )
})

test('a scan fills blanks, never erases, and names what it disagrees with', () => {
  const row = { batch: 'ab 12', expiry: '', packs: '4' }
  assert.deepEqual(fillBlanks(row, { batch: 'AB12', expiry: '12/27' }), {
    row: { batch: 'ab 12', expiry: '12/27', packs: '4' },
    conflicts: [],
  })
  assert.deepEqual(fillBlanks(row, { batch: 'AB13', expiry: '', packs: undefined as never }), {
    row,
    conflicts: ['batch'],
  })
})
