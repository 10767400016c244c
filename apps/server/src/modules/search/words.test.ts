import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { leastSlips, lettersIn, plainSlips, SlipMeter, slips, spelledSlips } from './distance.ts'
import { Ids } from './ids.ts'
import { headWord, Lexicon } from './lexicon.ts'
import { cut, foldLatin, readLabel, readQuery } from './normalise.ts'
import { oneSlipAway } from './one-slip.ts'
import { soundKey, soundText } from './phonetic.ts'
import { letterNamesIn, spellIndicWord, toDevanagari } from './transliterate.ts'
import { readSpoken } from './vocabulary.ts'

const away = (a: string, b: string) => slips(soundText(a), soundText(b), 100, plainSlips)

test('letters part from digits, and packs, units and thousands are read', () => {
  assert.deepEqual(cut(foldLatin("DOLO650 10'S 1,000mg .5%")), [
    'dolo',
    '650',
    '10',
    'pcs',
    '1000',
    'mg',
    '0.5',
    '%',
  ])
  assert.deepEqual(cut(foldLatin('Café & Co')), ['cafe', 'and', 'co'])
})

test('a label gives its brand words, strengths apart from pack sizes, and form', () => {
  const label = readLabel("Glyco-PG 1/500mg Tablet SR 15'S")
  assert.deepEqual(label.words, ['glyco', 'pg', 'sr'])
  assert.equal(label.form, 'tablet')
  assert.deepEqual(
    label.numbers.map(({ value, isPack }) => [value, isPack]),
    [
      [1, false],
      [500, false],
      [15, true],
    ],
  )
  assert.equal(readLabel('Parolex Syrup 60ml').numbers[0]?.isPack, true)
})

test('spoken numbers are read as customers say strengths', () => {
  assert.equal(readSpoken(['six', 'fifty']), 650)
  assert.equal(readSpoken(['fifty', 'two']), 52)
  assert.equal(readSpoken(['five', 'hundred']), 500)
  assert.equal(readSpoken(['one', 'thousand']), 1000)
  assert.equal(readSpoken(['six', 'tablets']), undefined)
  assert.deepEqual(
    readQuery('ten').words.map(word => word.text),
    ['ten'],
  )
})

test('Devanagari is spelled as it sounds, and letter names as letters', () => {
  assert.equal(spellIndicWord('कैलपोल'), 'kalpol')
  assert.equal(spellIndicWord('मेटफॉर्मिन'), 'metformin')
  assert.equal(letterNamesIn('एसपी'), 'sp')
  assert.equal(letterNamesIn('टीजेड'), 'tz')
  assert.equal(letterNamesIn('डोलो'), undefined)
  assert.equal(toDevanagari('૬૫૦').trim(), '650')
})

test('spellings of one sound share their key', () => {
  for (const [a, b] of [
    ['crocin', 'krosin'],
    ['zerodol', 'jerodol'],
    ['cefixime', 'sefixim'],
    ['wikoryl', 'vikoril'],
    ['phenergan', 'fenergan'],
  ] as const)
    assert.equal(soundKey(a), soundKey(b), a)
})

test('one slip costs about one, a slip of sound less, and another name much more', () => {
  assert.equal(away('medrol', 'medrol'), 0)
  assert.ok(away('merdol', 'medrol') <= 1)
  assert.ok(away('stuggeron', 'stugeron') < 0.5)
  assert.ok(away('kalpol', 'calpol') < 0.3)
  assert.ok(away('betnora', 'telvista') > 3)
})

test('the distance is the same both ways and nothing to itself', () => {
  const word = fc.stringMatching(/^[a-z]{1,12}$/)
  fc.assert(
    fc.property(word, word, (a, b) => {
      assert.equal(away(a, a), 0)
      assert.ok(Math.abs(away(a, b) - away(b, a)) < 1e-4)
    }),
  )
})

test('any text is cut into at most eight words and four numbers without an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => {
      const query = readQuery(text)
      assert.ok(query.words.length <= 8 && query.numbers.length <= 4)
      assert.ok(query.words.every(word => /^[a-z]+$/.test(word.text)))
    }),
    { numRuns: 500 },
  )
})

test('ids come back as they went in, and a removed id is forgotten', () => {
  const known = new Ids()
  const uuid = '01890a5d-ac96-774b-bcce-b302099a8057'
  const list = [uuid, 'plain', 'ä-१', '01890A5D-AC96-774B-BCCE-B302099A8057']
  const ordinals = list.map(id => known.add(id))
  assert.deepEqual(
    ordinals.map(ordinal => known.id(ordinal)),
    list,
  )
  known.remove(ordinals[0] as number)
  assert.equal(known.find(uuid) < 0, true)
  assert.equal(known.find('plain'), ordinals[1])
  for (let i = 0; i < 5000; i++) known.add(`x${i}`)
  assert.equal(known.id(known.find('x4999')), 'x4999')
  assert.equal(known.find('plain'), ordinals[1])
})

test('what two words differ by in their letters alone is never more than how far they are', () => {
  const word = fc.stringMatching(/^[a-z]{1,12}$/)
  const lettersOf = (text: string) => lettersIn(Buffer.from(text), 0, text.length)
  let isAnyTold = false
  fc.assert(
    fc.property(word, word, fc.constantFrom(plainSlips, spelledSlips), (typed, name, costs) => {
      const least = leastSlips(lettersOf(typed), lettersOf(name), costs)
      if (least > 0) isAnyTold = true
      assert.ok(least <= slips(typed, name, 100, costs) + 1e-3, `${typed} ${name} ${least}`)
    }),
    { numRuns: 3_000 },
  )
  assert.ok(isAnyTold)
})

test('a distance that is asked for is the same whatever is said of those nobody asks for', () => {
  // Few letters, so that words share many and letters are often swapped.
  const word = fc.stringMatching(/^[aeklo]{1,9}$/)
  const meter = new SlipMeter()
  let told = 0
  fc.assert(
    fc.property(word, word, fc.double({ min: 0, max: 4, noNaN: true }), (typed, name, useful) => {
      const distance = slips(typed, name, 100, plainSlips)
      meter.measureFrom(typed, plainSlips)
      const found = meter.to(name, { most: 100, useful: useful + 1e-3 })
      if (found !== Number.POSITIVE_INFINITY) assert.equal(found, distance, `${typed} ${name}`)
      else assert.ok(distance > useful, `${typed} ${name} ${distance}`)
      if (distance <= useful) told += 1
    }),
    { numRuns: 5_000 },
  )
  assert.ok(told > 100)
})

test('every word of the list that is one slip away is found, and no other', () => {
  const letters = 'abc'
  const texts = ['']
  for (let at = 0; texts[at]!.length < 5; at++)
    for (const letter of letters) texts.push(texts[at]! + letter)
  const words = texts.slice(1).filter((_, i) => i % 3 !== 0)
  const lexicon = new Lexicon()
  for (const word of words) lexicon.add(word, headWord)
  for (const typed of ['a', 'ab', 'aab', 'abcab', 'cccc']) {
    const found = [...oneSlipAway(lexicon, typed)].map(word => lexicon.text(word))
    assert.deepEqual(found.sort(), words.filter(word => isOneSlip(typed, word)).sort(), typed)
  }
  assert.equal(oneSlipAway(lexicon, 'abcabcabca').size, 0)
})

/** Whether a letter added, dropped, changed (to itself too) or swapped with the next makes one of the other. */
function isOneSlip(typed: string, word: string): boolean {
  const drops = (text: string) => Array.from(text, (_, i) => text.slice(0, i) + text.slice(i + 1))
  if (word.length === typed.length + 1) return drops(word).includes(typed)
  if (word.length === typed.length - 1) return drops(typed).includes(word)
  if (word.length !== typed.length) return false
  const wrong = Array.from(typed, (_, i) => i).filter(i => typed[i] !== word[i])
  const [first = 0, second = 0] = wrong
  const isSwapped = typed[first] === word[second] && typed[second] === word[first]
  return wrong.length <= 1 || (wrong.length === 2 && second === first + 1 && isSwapped)
}
