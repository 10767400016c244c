import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Instant, oneOf } from './shapes.ts'

const usual = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(shape: T) =>
  Type.Union([shape, Type.Null()])
const strict = { additionalProperties: false } as const
const guarded = { tag: 'stock', permission: 'stock.view', ownership: 'none' } as const

/** Tenths of a degree Celsius, as thermometers of fridges print them: 2.5 degrees are 25. */
const Tenths = Type.Integer({ minimum: -900, maximum: 900 })
export const fridgesMax = 100
export const readingsPerImportMax = 2_000
export const excursionsMax = 100

export const Excursion = Type.Object({
  id: Id,
  fridgeId: Id,
  fridge: Type.String(),
  bin: Type.String(),
  openedAt: Instant,
  firstReadAt: Instant,
  /** The reading furthest outside, and the limits then. */
  worstTenths: Tenths,
  minTenths: Tenths,
  maxTenths: Tenths,
  batches: Type.Array(
    Type.Object({
      batchId: Id,
      name: Type.String(),
      batchNumber: Type.String(),
      /** Base units that lie apart because of it and wait for the decision. */
      units: Type.Integer(),
    }),
  ),
  decision: orNull(oneOf(['release', 'write_off'] as const)),
  decidedAt: orNull(Instant),
  decidedBy: orNull(Type.String()),
  evidence: orNull(Type.String()),
})
export type Excursion = Static<typeof Excursion>

export const Fridge = Type.Object({
  id: Id,
  storeId: Id,
  name: Type.String(),
  /** What lies in this bin lies in this fridge. */
  bin: Type.String(),
  storageClass: oneOf(['cool', 'cold', 'frozen'] as const),
  minTenths: Tenths,
  maxTenths: Tenths,
  lastTenths: orNull(Tenths),
  lastReadAt: orNull(Instant),
  /** Two readings a day are expected. */
  readingsToday: Type.Integer(),
  openExcursionId: orNull(Id),
})
export type Fridge = Static<typeof Fridge>

export const listFridges = endpoint({
  ...guarded,
  method: 'GET',
  path: '/stock/fridges',
  summary: 'Fridges with their last reading and whether something is wrong with one',
  status: 200,
  audit: 'none',
  reply: Type.Object({ items: Type.Array(Fridge, { maxItems: fridgesMax }) }),
  refusals: usual,
})

export const saveFridge = endpoint({
  ...guarded,
  permission: 'stock.configure',
  method: 'PUT',
  path: '/stock/fridges/:id',
  summary: 'Enter a fridge, its bin and its limits, or correct them, under an id the sender chose',
  status: 200,
  audit: 'stock.fridge_saved',
  params: Type.Object({ id: Id }),
  body: Type.Object(
    {
      name: Type.String({ minLength: 1, maxLength: 60 }),
      bin: Type.String({ minLength: 1, maxLength: 20 }),
      storageClass: oneOf(['cool', 'cold', 'frozen'] as const),
      minTenths: Tenths,
      maxTenths: Tenths,
    },
    strict,
  ),
  reply: Fridge,
  refusals: [...usual, 'fridge_invalid'],
})

export const recordReadings = endpoint({
  ...guarded,
  permission: 'stock.count',
  method: 'POST',
  path: '/stock/fridges/:id/readings',
  summary:
    'Write one reading, or a logger’s many; one outside the limits sets apart what lies in the fridge',
  status: 201,
  audit: 'stock.readings_recorded',
  params: Type.Object({ id: Id }),
  body: Type.Object(
    {
      source: oneOf(['manual', 'import'] as const),
      /** What was done about it, in words. */
      action: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      readings: Type.Array(Type.Object({ at: Instant, tenths: Tenths }, strict), {
        minItems: 1,
        maxItems: readingsPerImportMax,
      }),
    },
    strict,
  ),
  reply: Type.Object({
    id: Id,
    /** Readings of an instant already on record change nothing. */
    written: Type.Integer(),
    excursion: orNull(Excursion),
  }),
  refusals: [...usual, 'not_found', 'reading_invalid'],
})

export const listReadings = endpoint({
  ...guarded,
  method: 'GET',
  path: '/stock/fridges/:id/readings',
  summary: 'The newest readings of a fridge',
  status: 200,
  audit: 'none',
  params: Type.Object({ id: Id }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        at: Instant,
        tenths: Tenths,
        isOutside: Type.Boolean(),
        source: oneOf(['manual', 'import'] as const),
        action: orNull(Type.String()),
        by: orNull(Type.String()),
      }),
      { maxItems: 500 },
    ),
  }),
  refusals: [...usual, 'not_found'],
})

export const listExcursions = endpoint({
  ...guarded,
  method: 'GET',
  path: '/stock/excursions',
  summary: 'Excursions, those that wait for a pharmacist’s decision first',
  status: 200,
  audit: 'none',
  reply: Type.Object({ items: Type.Array(Excursion, { maxItems: excursionsMax }) }),
  refusals: usual,
})

export const decideExcursion = endpoint({
  ...guarded,
  permission: 'stock.quality',
  method: 'POST',
  path: '/stock/excursions/:id/decision',
  summary: 'A pharmacist releases what was set apart, or writes it off, citing the evidence',
  status: 201,
  audit: 'stock.excursion_decided',
  params: Type.Object({ id: Id }),
  body: Type.Object(
    {
      decision: oneOf(['release', 'write_off'] as const),
      /** The maker's stability letter, the label, the logger's chart: what the decision rests on. */
      evidence: Type.String({ minLength: 10, maxLength: 200 }),
    },
    strict,
  ),
  reply: Excursion,
  refusals: [...usual, 'not_found', 'excursion_decided'],
})

/** The endpoints of this file by operation id. */
export const stockCold = {
  listFridges,
  saveFridge,
  recordReadings,
  listReadings,
  listExcursions,
  decideExcursion,
}
