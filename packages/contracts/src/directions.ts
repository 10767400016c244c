import { type Static, Type } from 'typebox'
import { oneOf } from './shapes.ts'

/** Half and quarter tablets are prescribed, so a dose counts quarters of a base unit: 4 is one tablet or one ml. */
const Quarters = Type.Integer({ minimum: 0, maximum: 400 })
const Dose = Type.Integer({ minimum: 1, maximum: 400 })
const Days = Type.Integer({ minimum: 1, maximum: 400 })
/** Morning, noon, night; or morning, noon, evening, bedtime. */
const DayDoses = Type.Array(Quarters, { minItems: 3, maxItems: 4 })
export const foodTimes = ['any', 'before', 'after', 'with'] as const
const Food = oneOf(foodTimes)
const closed = { additionalProperties: false }

/** How a medicine is taken, in a form a label can say in any language and a quantity follows from. */
export const Directions = Type.Union([
  Type.Object({ kind: Type.Literal('daily'), doses: DayDoses, days: Days, food: Food }, closed),
  Type.Object(
    {
      kind: Type.Literal('hourly'),
      everyHours: Type.Integer({ minimum: 1, maximum: 24 }),
      dose: Dose,
      days: Days,
      food: Food,
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('weekly'),
      timesAWeek: Type.Integer({ minimum: 1, maximum: 6 }),
      dose: Dose,
      weeks: Type.Integer({ minimum: 1, maximum: 60 }),
      food: Food,
    },
    closed,
  ),
  /** When needed: so many doses in all, at most so many a day where the prescriber said so. */
  Type.Object(
    {
      kind: Type.Literal('sos'),
      dose: Dose,
      doses: Type.Integer({ minimum: 1, maximum: 400 }),
      dayMax: Type.Union([Type.Integer({ minimum: 1, maximum: 24 }), Type.Null()]),
      food: Food,
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('taper'),
      steps: Type.Array(Type.Object({ doses: DayDoses, days: Days }, closed), {
        minItems: 2,
        maxItems: 10,
      }),
      food: Food,
    },
    closed,
  ),
  Type.Object({ kind: Type.Literal('once'), dose: Dose, food: Food }, closed),
  /** Applied, dropped, inhaled: the amount is what the paper says, never reckoned. */
  Type.Object(
    {
      kind: Type.Literal('apply'),
      timesADay: Type.Integer({ minimum: 1, maximum: 12 }),
      days: Days,
    },
    closed,
  ),
])
export type Directions = Static<typeof Directions>

const daysOfWeek = 7
const hoursOfDay = 24
const sum = (doses: readonly number[]): number => doses.reduce((total, one) => total + one, 0)

/** What the whole course takes, in base units rounded up to a whole one; null where only the paper can say. */
export function unitsOf(directions: Directions): number | null {
  const quarters = quartersOf(directions)
  return quarters === null ? null : Math.ceil(quarters / 4)
}

function quartersOf(directions: Directions): number | null {
  switch (directions.kind) {
    case 'daily':
      return sum(directions.doses) * directions.days
    case 'hourly':
      return directions.dose * Math.floor((hoursOfDay * directions.days) / directions.everyHours)
    case 'weekly':
      return directions.dose * directions.timesAWeek * directions.weeks
    case 'sos':
      return directions.dose * directions.doses
    case 'taper':
      return directions.steps.reduce((total, { doses, days }) => total + sum(doses) * days, 0)
    case 'once':
      return directions.dose
    case 'apply':
      return null
  }
}

/** How long the course lasts in days; null where it is taken when needed. */
export function daysOf(directions: Directions): number | null {
  switch (directions.kind) {
    case 'daily':
    case 'hourly':
    case 'apply':
      return directions.days
    case 'weekly':
      return directions.weeks * daysOfWeek
    case 'taper':
      return sum(directions.steps.map(({ days }) => days))
    case 'once':
      return 1
    case 'sos':
      return null
  }
}
