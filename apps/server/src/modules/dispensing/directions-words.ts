import type { Directions } from '@janta/contracts'
import type { Pictogram } from './pictograms.ts'

export type LabelLanguage = 'en' | 'hi'

/** One time of the day and how much is taken then; an empty dose is a time at which nothing is taken. */
export interface Slot {
  readonly sign: Pictogram
  readonly name: string
  readonly dose: string
}

/** A stretch of the course: which days, and what is taken when. */
export interface LabelStep {
  readonly heading: string | null
  readonly slots: readonly Slot[]
}

/** What a label says of how a medicine is taken: only what the pharmacist coded, no advice of ours. */
export interface LabelDirections {
  readonly sign: Pictogram | null
  /** One sentence in large type; null where the times of the day say it all. */
  readonly sentence: string | null
  readonly steps: readonly LabelStep[]
  /** Food and days, each a short line. */
  readonly notes: readonly string[]
  readonly hasFood: boolean
}

/** The sentence of coded directions in the language of whoever takes the medicine. */
export function labelDirections(
  directions: Directions | null,
  baseUnit: string,
  language: LabelLanguage,
): LabelDirections {
  const say = sayings[language]
  const plain = { sign: null, sentence: say.asWritten, steps: [], notes: [], hasFood: false }
  if (directions === null) return plain
  const dose = (quarters: number) => say.dose(quarters, baseUnit)
  const food = 'food' in directions && directions.food !== 'any' ? directions.food : null
  const foodNote = food ? [say.food[food]] : []
  const base = { ...plain, sentence: null, notes: foodNote, hasFood: food !== null }
  switch (directions.kind) {
    case 'daily':
      return {
        ...base,
        steps: [{ heading: null, slots: slotsOf(directions.doses, say, baseUnit) }],
        notes: [...foodNote, say.forDays(directions.days)],
      }
    case 'taper':
      return { ...base, steps: taperSteps(directions.steps, say, baseUnit) }
    case 'hourly':
      return {
        ...base,
        sign: 'clock',
        sentence: say.hourly(dose(directions.dose), directions.everyHours),
        notes: [...foodNote, say.forDays(directions.days)],
      }
    case 'weekly':
      return {
        ...base,
        sign: 'week',
        sentence: say.weekly(dose(directions.dose), directions.timesAWeek),
        notes: [...foodNote, say.forWeeks(directions.weeks)],
      }
    case 'sos':
      return {
        ...base,
        sign: 'need',
        sentence: say.sos(dose(directions.dose)),
        notes: [...foodNote, ...(directions.dayMax ? [say.dayMax(directions.dayMax)] : [])],
      }
    case 'once':
      return { ...base, sign: 'clock', sentence: say.once(dose(directions.dose)) }
    case 'apply':
      return {
        ...base,
        sign: 'apply',
        sentence: say.apply(directions.timesADay),
        notes: [say.forDays(directions.days), say.asWritten],
      }
  }
}

function taperSteps(
  steps: readonly { doses: readonly number[]; days: number }[],
  say: Sayings,
  baseUnit: string,
): LabelStep[] {
  let day = 1
  return steps.map(({ doses, days }) => {
    const heading = say.daySpan(day, day + days - 1)
    day += days
    return { heading, slots: slotsOf(doses, say, baseUnit) }
  })
}

function slotsOf(doses: readonly number[], say: Sayings, baseUnit: string): Slot[] {
  const signs: readonly Pictogram[] =
    doses.length === 4 ? ['morning', 'noon', 'evening', 'night'] : ['morning', 'noon', 'night']
  return doses.map((quarters, at) => ({
    sign: signs[at]!,
    name: (doses.length === 4 ? say.fourTimes : say.threeTimes)[at]!,
    dose: quarters === 0 ? '' : say.dose(quarters, baseUnit),
  }))
}

const parts = ['', '¼', '½', '¾'] as const

/** 30 and 'tablet': '30 tablets'; in Hindi '30 गोलियाँ'. */
export function quantityIn(units: number, baseUnit: string, language: LabelLanguage): string {
  return sayings[language].dose(units * 4, baseUnit)
}

/** 6 quarters: '1½' */
export function amountOf(quarters: number): string {
  const whole = Math.floor(quarters / 4)
  const part = parts[quarters % 4]!
  return whole === 0 && part !== '' ? part : `${whole}${part}`
}

interface Sayings {
  readonly asWritten: string
  readonly threeTimes: readonly string[]
  readonly fourTimes: readonly string[]
  readonly food: Readonly<Record<'before' | 'after' | 'with', string>>
  dose(quarters: number, baseUnit: string): string
  forDays(days: number): string
  forWeeks(weeks: number): string
  daySpan(from: number, to: number): string
  hourly(dose: string, hours: number): string
  weekly(dose: string, times: number): string
  sos(dose: string): string
  dayMax(times: number): string
  once(dose: string): string
  apply(times: number): string
}

const unitsInHindi: Readonly<Record<string, string>> = {
  tablet: 'गोली',
  capsule: 'कैप्सूल',
  ml: 'मि.ली.',
  g: 'ग्राम',
  sachet: 'पाउच',
  dose: 'ख़ुराक',
  patch: 'पैच',
  suppository: 'सपोज़िटरी',
  vial: 'शीशी',
  unit: 'यूनिट',
}
const plurals: Readonly<Record<string, string>> = {
  ml: 'ml',
  g: 'g',
  patch: 'patches',
  suppository: 'suppositories',
}
const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`)
const counted = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`

const sayings: Record<LabelLanguage, Sayings> = {
  en: {
    asWritten: 'As written on your prescription',
    threeTimes: ['Morning', 'Noon', 'Night'],
    fourTimes: ['Morning', 'Noon', 'Evening', 'Bedtime'],
    food: { before: 'Before food', after: 'After food', with: 'With food' },
    dose: (quarters, unit) =>
      `${amountOf(quarters)} ${quarters > 4 ? (plurals[unit] ?? `${unit}s`) : unit}`,
    forDays: days => `For ${counted(days, 'day')}`,
    forWeeks: weeks => `For ${counted(weeks, 'week')}`,
    daySpan: (from, to) => (from === to ? `Day ${from}` : `Days ${from} to ${to}`),
    hourly: (dose, hours) => `${dose} every ${counted(hours, 'hour')}`,
    weekly: (dose, count) => `${dose}, ${times(count)} a week`,
    sos: dose => `${dose}, only when needed`,
    dayMax: count => `Not more than ${times(count)} in a day`,
    once: dose => `${dose}, one time only`,
    apply: count => `Use ${times(count)} a day`,
  },
  hi: {
    asWritten: 'जैसा आपके पर्चे पर लिखा है',
    threeTimes: ['सुबह', 'दोपहर', 'रात'],
    fourTimes: ['सुबह', 'दोपहर', 'शाम', 'सोते समय'],
    food: { before: 'खाने से पहले', after: 'खाने के बाद', with: 'खाने के साथ' },
    dose: (quarters, unit) =>
      `${amountOf(quarters)} ${unit === 'tablet' && quarters > 4 ? 'गोलियाँ' : (unitsInHindi[unit] ?? unit)}`,
    forDays: days => `${days} दिन तक`,
    forWeeks: weeks => `${weeks} हफ़्ते तक`,
    daySpan: (from, to) => (from === to ? `दिन ${from}` : `दिन ${from} से ${to}`),
    hourly: (dose, hours) => `हर ${hours} घंटे पर ${dose}`,
    weekly: (dose, times) => `हफ़्ते में ${times} बार ${dose}`,
    sos: dose => `${dose}, सिर्फ़ ज़रूरत पड़ने पर`,
    dayMax: times => `एक दिन में ${times} बार से ज़्यादा नहीं`,
    once: dose => `${dose}, सिर्फ़ एक बार`,
    apply: times => `दिन में ${times} बार लगाएँ या डालें`,
  },
}
