import type { Directions } from './directions.ts'

type Food = Extract<Directions, { kind: 'once' }>['food']

const daysMax = 400
const quartersMax = 400
const stepsMax = 10
const weeksMax = 60
const dosesMax = 400
const daysOf = { d: 1, w: 7, m: 30 } as const
const foods: Readonly<Record<string, Food>> = { ac: 'before', pc: 'after', cc: 'with' }
const byName: Readonly<Record<string, readonly number[]>> = {
  od: [4, 0, 0],
  bd: [4, 0, 4],
  tds: [4, 4, 4],
  tid: [4, 4, 4],
  qid: [4, 4, 4, 4],
  hs: [0, 0, 4],
}

/**
 * Reads directions as they are written on paper and typed at the desk: "1-0-1 30d", "½-0-½ 10 ac", "bd 5d",
 * "5-5-5 7d", "sos 10 max 3", "1/w 12w", "q8h 5d", "2-0-2 5d > 1-0-1 5d", "stat", "apply 2 14d". The duration of plain
 * days needs no letter. Answers null for whatever it does not know: nothing is guessed of a dose.
 */
export function readDirections(typed: string): Directions | null {
  const words = typed
    .trim()
    .toLowerCase()
    .replaceAll('½', '1/2')
    .replaceAll('¼', '1/4')
    .replaceAll('¾', '3/4')
    .replaceAll(/\bx\s*(?=\d)/g, '')
    .split(/\s+/)
  const last = words.at(-1) ?? ''
  const food = foods[last] ?? 'any'
  const rest = foods[last] ? words.slice(0, -1) : words
  return readWords(rest, food)
}

function readWords(words: readonly string[], food: Food): Directions | null {
  const [first = '', ...more] = words
  if (words.includes('>')) return readTaper(words, food)
  if (first === 'stat') return readOnce(more, food)
  if (first === 'sos') return readSos(more, food)
  if (first === 'apply') return readApply(more)
  const weekly = /^([1-6])\/w$/.exec(first)
  if (weekly) return readWeekly(Number(weekly[1]), more, food)
  const hourly = /^q([0-9]{1,2})h$/.exec(first)
  if (hourly) return readHourly(Number(hourly[1]), more, food)
  const step = readStep(words)
  return step && { kind: 'daily', ...step, food }
}

function readStep(words: readonly string[]): { doses: number[]; days: number } | null {
  const [first = '', duration = '', ...more] = words
  const doses = byName[first] ? [...byName[first]] : readDoses(first)
  const days = readDays(duration)
  return doses && days !== null && more.length === 0 ? { doses, days } : null
}

function readDoses(text: string): number[] | null {
  const doses = text.split('-').map(one => readDose(one, 0))
  const isRead = doses.every(one => one !== null)
  if (!isRead || doses.length < 3 || doses.length > 4 || doses.every(one => one === 0)) return null
  return doses
}

/** Quarters of a unit: "1", "1/2", "2.5"; null for anything a tablet cannot be cut to. */
function readDose(text: string, min: number): number | null {
  const fraction = /^([0-9]{1,2})\/([24])$/.exec(text)
  const quarters = fraction
    ? (Number(fraction[1]) * 4) / Number(fraction[2])
    : /^[0-9]{1,3}(\.(5|25|75))?$/.test(text)
      ? Number(text) * 4
      : null
  return quarters !== null && quarters >= min && quarters <= quartersMax ? quarters : null
}

function readDays(text: string): number | null {
  const found = /^([0-9]{1,3})([dwm]?)$/.exec(text)
  if (!found) return null
  const days = Number(found[1]) * daysOf[(found[2] || 'd') as keyof typeof daysOf]
  return days >= 1 && days <= daysMax ? days : null
}

function readTaper(words: readonly string[], food: Food): Directions | null {
  const steps = words
    .join(' ')
    .split('>')
    .map(part => readStep(part.trim().split(' ')))
  const isRead = steps.every(step => step !== null)
  return isRead && steps.length >= 2 && steps.length <= stepsMax
    ? { kind: 'taper', steps, food }
    : null
}

function readOnce([amount = '1', ...more]: readonly string[], food: Food): Directions | null {
  const dose = readDose(amount, 1)
  return dose !== null && more.length === 0 ? { kind: 'once', dose, food } : null
}

function readSos([count = '', ...more]: readonly string[], food: Food): Directions | null {
  const doses = readCount(count, dosesMax)
  const limit = more.length === 0 ? null : more[0] === 'max' ? readCount(more[1] ?? '', 24) : null
  if (doses === null || more.length > 2 || (more.length > 0 && limit === null)) return null
  return { kind: 'sos', dose: 4, doses, dayMax: limit, food }
}

function readApply([times = '', duration = '', ...more]: readonly string[]): Directions | null {
  const timesADay = readCount(times, 12)
  const days = readDays(duration)
  if (timesADay === null || days === null || more.length > 0) return null
  return { kind: 'apply', timesADay, days }
}

function readWeekly(
  timesAWeek: number,
  [duration = '', ...more]: readonly string[],
  food: Food,
): Directions | null {
  const days = readDays(duration)
  const weeks = days !== null && days % 7 === 0 ? days / 7 : 0
  if (weeks < 1 || weeks > weeksMax || more.length > 0) return null
  return { kind: 'weekly', timesAWeek, dose: 4, weeks, food }
}

function readHourly(
  everyHours: number,
  [duration = '', ...more]: readonly string[],
  food: Food,
): Directions | null {
  const days = readDays(duration)
  if (days === null || everyHours < 1 || everyHours > 24 || more.length > 0) return null
  return { kind: 'hourly', everyHours, dose: 4, days, food }
}

function readCount(text: string, max: number): number | null {
  const count = /^[0-9]{1,3}$/.test(text) ? Number(text) : 0
  return count >= 1 && count <= max ? count : null
}
