import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Directions, daysOf, unitsOf } from './directions.ts'
import { readDirections } from './read-directions.ts'

/** As typed, what it means, how many base units and how many days. */
const cases: readonly [string, Directions, number | null, number | null][] = [
  ['1-0-1 30d', { kind: 'daily', doses: [4, 0, 4], days: 30, food: 'any' }, 60, 30],
  ['1-0-1 x30', { kind: 'daily', doses: [4, 0, 4], days: 30, food: 'any' }, 60, 30],
  ['1-0-0 1m ac', { kind: 'daily', doses: [4, 0, 0], days: 30, food: 'before' }, 30, 30],
  ['½-0-½ 15', { kind: 'daily', doses: [2, 0, 2], days: 15, food: 'any' }, 15, 15],
  ['1/2-0-0 5d', { kind: 'daily', doses: [2, 0, 0], days: 5, food: 'any' }, 3, 5],
  ['1-1-1-1 2w', { kind: 'daily', doses: [4, 4, 4, 4], days: 14, food: 'any' }, 56, 14],
  ['2.5-0-2.5 7d', { kind: 'daily', doses: [10, 0, 10], days: 7, food: 'any' }, 35, 7],
  ['BD 5d pc', { kind: 'daily', doses: [4, 0, 4], days: 5, food: 'after' }, 10, 5],
  ['tds 3', { kind: 'daily', doses: [4, 4, 4], days: 3, food: 'any' }, 9, 3],
  ['hs 10d', { kind: 'daily', doses: [0, 0, 4], days: 10, food: 'any' }, 10, 10],
  ['q8h 5d', { kind: 'hourly', everyHours: 8, dose: 4, days: 5, food: 'any' }, 15, 5],
  ['1/w 12w', { kind: 'weekly', timesAWeek: 1, dose: 4, weeks: 12, food: 'any' }, 12, 84],
  ['sos 10', { kind: 'sos', dose: 4, doses: 10, dayMax: null, food: 'any' }, 10, null],
  ['SOS 10 max 3', { kind: 'sos', dose: 4, doses: 10, dayMax: 3, food: 'any' }, 10, null],
  ['stat', { kind: 'once', dose: 4, food: 'any' }, 1, 1],
  ['apply 2 14d', { kind: 'apply', timesADay: 2, days: 14 }, null, 14],
  [
    '2-0-2 5d > 1-0-1 5d > 1-0-0 5d pc',
    {
      kind: 'taper',
      steps: [
        { doses: [8, 0, 8], days: 5 },
        { doses: [4, 0, 4], days: 5 },
        { doses: [4, 0, 0], days: 5 },
      ],
      food: 'after',
    },
    35,
    15,
  ],
]

test('what is typed as on paper is read, and the quantity and the days follow from it', () => {
  for (const [typed, directions, units, days] of cases) {
    assert.deepEqual(readDirections(typed), directions, typed)
    assert.equal(unitsOf(directions), units, typed)
    assert.equal(daysOf(directions), days, typed)
  }
})

test('nothing is guessed of a dose that is not plainly written', () => {
  for (const typed of [
    '',
    '1-0',
    '0-0-0 30d',
    '1-0-1',
    '1-0-1 0d',
    '1-0-1 500d',
    '1-0-1 thirty',
    '1-0-1 30d extra',
    '1/3-0-0 5d',
    '101-0-0 5d',
    '-1-0-1 5d',
    'sos',
    'sos 0',
    'sos 10 max',
    'sos 10 max 30',
    '7/w 4w',
    '1/w 10d',
    'q0h 5d',
    'q25h 5d',
    'stat 0',
    'stat 2 with',
    'apply 2',
    '1-0-1 5d >',
    '1-0-1-0-1 5d',
    'one tablet daily',
  ]) {
    assert.equal(readDirections(typed), null, typed)
  }
})
