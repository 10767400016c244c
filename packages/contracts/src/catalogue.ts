import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Day, Id, Limit, Month, Paise, oneOf } from './shapes.ts'

/**
 * What the law lets the shop do with a pack today (domain: the online decision matrix).
 * `open`: anyone may order. `prescription`: a prescription is needed first. `store_only`: never delivered.
 * `blocked`: not sold here (Schedule X, NDPS, MTP, banned). `unclassified`: no pharmacist has said yet, so not sold.
 */
export const saleDecisions = [
  'open',
  'prescription',
  'store_only',
  'blocked',
  'unclassified',
] as const
export type SaleDecision = (typeof saleDecisions)[number]

const Decision = oneOf(saleDecisions)

export const medicineForms = [
  'tablet',
  'capsule',
  'syrup',
  'suspension',
  'drops',
  'eye_drops',
  'ear_drops',
  'nasal',
  'injection',
  'cream',
  'ointment',
  'gel',
  'lotion',
  'powder',
  'sachet',
  'inhaler',
  'spray',
  'lozenge',
  'suppository',
  'patch',
  'solution',
  'soap',
  'shampoo',
  'device',
  'other',
] as const
export type MedicineForm = (typeof medicineForms)[number]
const Form = oneOf(medicineForms)

/** One sellable pack as lists show it. `id` is the pack's. */
export const MedicineCard = Type.Object({
  id: Id,
  name: Type.String(),
  /** Salts with strengths, e.g. "Paracetamol 650 mg"; empty for everyday items. */
  composition: Type.String(),
  manufacturer: Type.String(),
  form: Form,
  /** e.g. "strip of 15 tablets" */
  packLabel: Type.String(),
  baseUnit: Type.String(),
  unitsPerPack: Type.Integer(),
  /** Null while no price is known: not orderable. */
  pricePaise: Type.Union([Paise, Type.Null()]),
  mrpPaise: Type.Union([Paise, Type.Null()]),
  /** Thousandths of a paisa would be silly, so this is paise per base unit times 1,000. */
  unitPriceMilliPaise: Type.Union([Type.Integer(), Type.Null()]),
  decision: Decision,
  /** Whole packs a customer could reserve now at the serving store. */
  availablePacks: Type.Integer(),
  /** The expiry of the batch one would receive first. */
  earliestExpiry: Type.Union([Month, Type.Null()]),
  isLowestPriceOfSalt: Type.Boolean(),
  isSample: Type.Boolean(),
})
export type MedicineCard = Static<typeof MedicineCard>

export const MedicineDetail = Type.Interface([MedicineCard], {
  marketer: Type.Union([Type.String(), Type.Null()]),
  salts: Type.Array(Type.Object({ name: Type.String(), strength: Type.String() })),
  storage: Type.Union([Type.String(), Type.Null()]),
  countryOfOrigin: Type.Union([Type.String(), Type.Null()]),
  /** Why this may or may not be ordered, for the customer, in the language asked for. */
  saleSentence: Type.String(),
  schedules: Type.Array(Type.String()),
  /** Price split so that a customer sees where each rupee goes; null without a price. */
  priceSplit: Type.Union([
    Type.Object({ taxablePaise: Paise, taxPaise: Paise, taxRateBasisPoints: Type.Integer() }),
    Type.Null(),
  ]),
  /** Same salts, strengths, form and release by other makers, cheapest per unit first. */
  equivalents: Type.Array(MedicineCard),
})
export type MedicineDetail = Static<typeof MedicineDetail>

export const medicineCategories = [
  'fever_pain',
  'cough_cold',
  'stomach',
  'skin',
  'vitamins',
  'first_aid',
  'personal_care',
  'baby',
  'heart_bp',
  'diabetes',
  'womens_health',
  'other',
] as const
export type MedicineCategory = (typeof medicineCategories)[number]
const Category = oneOf(medicineCategories)

export const searchMedicines = endpoint({
  method: 'GET',
  path: '/medicines',
  summary:
    'Find medicines by brand, salt, maker, strength or form; without words, the most ordered',
  tag: 'catalogue',
  status: 200,
  permission: 'public',
  ownership: 'none',
  audit: 'none',
  query: Type.Object({
    q: Type.Optional(Type.String({ maxLength: 200 })),
    category: Type.Optional(Category),
    limit: Limit,
  }),
  reply: Type.Object({
    items: Type.Array(MedicineCard),
    salts: Type.Array(Type.Object({ name: Type.String(), packs: Type.Integer() })),
    /** When the words were not found as typed: what was searched instead. Never silent. */
    showingResultsFor: Type.Union([Type.String(), Type.Null()]),
  }),
  refusals: ['malformed_request'],
})

export const getMedicine = endpoint({
  method: 'GET',
  path: '/medicines/:id',
  summary: 'One pack with its salts, price split, earliest expiry and same-salt brands',
  tag: 'catalogue',
  status: 200,
  permission: 'public',
  ownership: 'none',
  audit: 'none',
  params: Type.Object({ id: Id }),
  query: Type.Object({
    language: Type.Optional(Type.Union([Type.Literal('en'), Type.Literal('hi')])),
  }),
  reply: MedicineDetail,
  refusals: ['malformed_request', 'not_found'],
})

export const PriceOn = Type.Object({ pricePaise: Paise, from: Day })
