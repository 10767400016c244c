import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Day, Id, Month, Paise, oneOf } from './shapes.ts'

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

export const schemes = [
  'none',
  'G',
  'H',
  'H1',
  'X',
  'C',
  'C1',
  'NDPS_NARCOTIC',
  'NDPS_PSYCHOTROPIC',
  'ESSENTIAL_NARCOTIC',
  'MTP',
  'PUNJAB_2021',
  'K',
  'H2',
] as const
/** A list of the law a substance may stand in; `none` states that somebody looked and it stands in none. */
export type Scheme = (typeof schemes)[number]

/**
 * How a customer may come to another brand of the same medicine. `free`: by choosing it. `ask_doctor`: only after
 * the prescriber agreed, never by one click (Drugs Rules, rule 65(11A)). `none`: not at all.
 */
export const swaps = ['free', 'ask_doctor', 'none'] as const
export type Swap = (typeof swaps)[number]

/** The same salts, strengths, form and release by another maker. */
export const EquivalentMedicine = Type.Interface([MedicineCard], {
  /** Against the medicine looked at, for as many units as its pack holds; rounded down. Null when it costs no less. */
  saving: Type.Union([
    Type.Object({
      savingPerPackPaise: Paise,
      savingPerUnitPaise: Paise,
      savingPercent: Type.Integer(),
    }),
    Type.Null(),
  ]),
  /** A government generic: its price is shown, and only a Jan Aushadhi Kendra sells it. */
  isJanAushadhi: Type.Boolean(),
})
export type EquivalentMedicine = Static<typeof EquivalentMedicine>

/** A sentence of the product page that somebody stands for, with where it comes from. */
export const MedicineNote = Type.Object({
  kind: oneOf(['caution', 'storage', 'side_effects']),
  text: Type.String(),
  citation: Type.String(),
  url: Type.Union([Type.String(), Type.Null()]),
  reviewedOn: Day,
})
export type MedicineNote = Static<typeof MedicineNote>

export const photoWidths = [160, 480, 960] as const

/** One picture of the pack; `urls` by width in pixels, each fit to be kept for ever. */
export const MedicinePhoto = Type.Object({
  id: Id,
  description: Type.String(),
  urls: Type.Object({ 160: Type.String(), 480: Type.String(), 960: Type.String() }),
  width: Type.Integer(),
  height: Type.Integer(),
})
export type MedicinePhoto = Static<typeof MedicinePhoto>

/** What a search engine may be told of a medicine (schema.org Drug); facts only. */
export const MedicineFacts = Type.Object({
  /** Below the shop's own address; the one address of this page. */
  path: Type.String(),
  isPrescriptionOnly: Type.Boolean(),
  activeIngredients: Type.Array(Type.String()),
  /** False keeps the page out of search engines' lists. */
  mayBeListed: Type.Boolean(),
  changedOn: Day,
})
export type MedicineFacts = Static<typeof MedicineFacts>

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
  equivalents: Type.Array(EquivalentMedicine),
  swap: oneOf(swaps),
  /** What to say beside the other brands; null where none are offered. */
  swapSentence: Type.Union([Type.String(), Type.Null()]),
  /** Whether a government ceiling is known for it; `unknown` until somebody entered it. */
  priceControl: oneOf(['controlled', 'not_applicable', 'unknown']),
  notes: Type.Array(MedicineNote),
  photos: Type.Array(MedicinePhoto),
  facts: MedicineFacts,
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
