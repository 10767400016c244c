import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Directions } from '@janta/contracts'
import { labelDirections, type LabelLanguage, quantityIn } from './directions-words.ts'

/** Everything a label says, in the order it says it. */
function saidOf(directions: Directions | null, language: LabelLanguage, unit = 'tablet'): string {
  const { sentence, steps, notes } = labelDirections(directions, unit, language)
  const rows = steps.map(({ heading, slots }) =>
    [heading, ...slots.map(slot => `${slot.name}=${slot.dose || '-'}`)].filter(Boolean).join(' '),
  )
  return [sentence, ...rows, ...notes].filter(Boolean).join(' | ')
}

const cases: readonly [Directions | null, string, string][] = [
  [
    { kind: 'daily', doses: [4, 0, 6], days: 30, food: 'after' },
    'Morning=1 tablet Noon=- Night=1½ tablets | After food | For 30 days',
    'सुबह=1 गोली दोपहर=- रात=1½ गोलियाँ | खाने के बाद | 30 दिन तक',
  ],
  [
    {
      kind: 'taper',
      steps: [
        { doses: [8, 0, 0], days: 5 },
        { doses: [4, 0, 0], days: 1 },
      ],
      food: 'any',
    },
    'Days 1 to 5 Morning=2 tablets Noon=- Night=- | Day 6 Morning=1 tablet Noon=- Night=-',
    'दिन 1 से 5 सुबह=2 गोलियाँ दोपहर=- रात=- | दिन 6 सुबह=1 गोली दोपहर=- रात=-',
  ],
  [
    { kind: 'sos', dose: 4, doses: 10, dayMax: 3, food: 'any' },
    '1 tablet, only when needed | Not more than 3 times in a day',
    '1 गोली, सिर्फ़ ज़रूरत पड़ने पर | एक दिन में 3 बार से ज़्यादा नहीं',
  ],
  [
    { kind: 'hourly', everyHours: 8, dose: 2, days: 5, food: 'with' },
    '½ tablet every 8 hours | With food | For 5 days',
    'हर 8 घंटे पर ½ गोली | खाने के साथ | 5 दिन तक',
  ],
  [
    { kind: 'weekly', timesAWeek: 1, dose: 4, weeks: 12, food: 'any' },
    '1 tablet, once a week | For 12 weeks',
    'हफ़्ते में 1 बार 1 गोली | 12 हफ़्ते तक',
  ],
  [null, 'As written on your prescription', 'जैसा आपके पर्चे पर लिखा है'],
]

test('coded directions are said in English and in Hindi, and nothing is added to them', () => {
  for (const [directions, english, hindi] of cases) {
    assert.equal(saidOf(directions, 'en'), english)
    assert.equal(saidOf(directions, 'hi'), hindi)
  }
})

test('where the prescriber named no most in a day, the label names none', () => {
  const free = { kind: 'sos', dose: 4, doses: 10, dayMax: null, food: 'any' } as const
  assert.equal(saidOf(free, 'en'), '1 tablet, only when needed')
})

test('what is applied is left to the paper, and a quantity is counted in its unit', () => {
  assert.equal(
    saidOf({ kind: 'apply', timesADay: 2, days: 14 }, 'en', 'g'),
    'Use twice a day | For 14 days | As written on your prescription',
  )
  assert.deepEqual(
    [quantityIn(30, 'tablet', 'en'), quantityIn(100, 'ml', 'hi')],
    ['30 tablets', '100 मि.ली.'],
  )
})
