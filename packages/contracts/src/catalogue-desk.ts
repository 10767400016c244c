import { type Static, Type } from 'typebox'
import { saleDecisions, schemes } from './catalogue.ts'
import { endpoint } from './endpoint.ts'
import { Day, Id, Instant, Limit, oneOf } from './shapes.ts'

const staff = { tag: 'catalogue', ownership: 'none' } as const
const guarded = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const

/** Why something was done, in the words of whoever did it; never a person's name or health. */
export const Reason = Type.String({ minLength: 3, maxLength: 500 })
/** Where a statement of the law stands: Gazette number and day, schedule and entry. */
export const Citation = Type.String({ minLength: 5, maxLength: 300 })
export const SubstanceId = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })

export const UnclassifiedSubstance = Type.Object({
  id: SubstanceId,
  name: Type.String(),
  /** Packs in the catalogue that cannot be sold while it is unclassified. */
  packs: Type.Integer(),
  /** Of those, packs that lie on the shelf now. */
  stockedPacks: Type.Integer(),
  examples: Type.Array(Type.String()),
})
export type UnclassifiedSubstance = Static<typeof UnclassifiedSubstance>

export const listUnclassifiedSubstances = endpoint({
  ...staff,
  method: 'GET',
  path: '/catalogue/unclassified-substances',
  summary:
    'Substances no dated rule speaks of yet: on the shelf first, then by the packs they hold back',
  status: 200,
  permission: 'catalogue.classify',
  audit: 'none',
  query: Type.Object({ limit: Limit }),
  reply: Type.Object({ items: Type.Array(UnclassifiedSubstance), total: Type.Integer() }),
  refusals: guarded,
})

export const ScheduleRule = Type.Object({
  id: Type.Integer(),
  scheme: oneOf(schemes),
  /** `not_external`: spares preparations for the skin. `not_injection`: never speaks for injections. */
  appliesTo: oneOf(['all', 'not_external', 'not_injection']),
  effectiveFrom: Day,
  /** The first day it no longer holds; null while it stands. */
  effectiveTo: Type.Union([Day, Type.Null()]),
  sourceCitation: Type.String(),
  recordedBy: Type.String(),
  recordedAt: Instant,
  endedBy: Type.Union([Type.String(), Type.Null()]),
  endCitation: Type.Union([Type.String(), Type.Null()]),
})
export type ScheduleRule = Static<typeof ScheduleRule>

export const findSubstances = endpoint({
  ...staff,
  method: 'GET',
  path: '/catalogue/substances',
  summary: 'Substances whose name begins so',
  status: 200,
  permission: 'catalogue.classify',
  audit: 'none',
  query: Type.Object({ q: Type.String({ minLength: 2, maxLength: 100 }), limit: Limit }),
  reply: Type.Object({
    items: Type.Array(Type.Object({ id: SubstanceId, name: Type.String() })),
  }),
  refusals: guarded,
})

export const getSubstance = endpoint({
  ...staff,
  method: 'GET',
  path: '/catalogue/substances/:substanceId',
  summary: 'A substance with every rule that ever spoke of it, newest first',
  status: 200,
  permission: 'catalogue.classify',
  audit: 'none',
  params: Type.Object({ substanceId: SubstanceId }),
  reply: Type.Object({
    id: SubstanceId,
    name: Type.String(),
    /** The substance whose salt or ester it is; its rules hold here, too. */
    base: Type.Union([Type.Object({ id: SubstanceId, name: Type.String() }), Type.Null()]),
    packs: Type.Integer(),
    rules: Type.Array(ScheduleRule),
  }),
  refusals: [...guarded, 'not_found'],
})

/** What a pharmacist states of a substance from a day on. The past stays as it was. */
export const Classification = Type.Object(
  {
    substanceId: SubstanceId,
    from: Day,
    sourceCitation: Citation,
    add: Type.Array(
      Type.Object(
        { scheme: oneOf(schemes), appliesTo: oneOf(['all', 'not_external', 'not_injection']) },
        { additionalProperties: false },
      ),
      { maxItems: 5 },
    ),
    /** Schemes it stands in no longer from that day. */
    end: Type.Array(oneOf(schemes), { maxItems: 5 }),
  },
  { additionalProperties: false },
)
export type Classification = Static<typeof Classification>

const Decision = oneOf(saleDecisions)

export const Impact = Type.Object({
  /** What happens, in one sentence for the pharmacist. */
  sentence: Type.String(),
  /** The same in Hindi. */
  sentenceHi: Type.String(),
  packs: Type.Integer(),
  /** Packs whose decision on that day would be another, by the decision before and after. */
  changes: Type.Array(
    Type.Object({
      before: Decision,
      after: Decision,
      packs: Type.Integer(),
      examples: Type.Array(Type.String()),
    }),
  ),
})
export type Impact = Static<typeof Impact>

export const previewClassification = endpoint({
  ...staff,
  method: 'POST',
  path: '/catalogue/classification-previews',
  summary: 'What a classification would change, without changing it',
  status: 200,
  permission: 'catalogue.classify',
  audit: 'none',
  body: Classification,
  reply: Impact,
  refusals: [...guarded, 'not_found', 'rule_in_the_past', 'rule_stands_already', 'rule_stands_not'],
})

export const classifySubstance = endpoint({
  ...staff,
  method: 'POST',
  path: '/catalogue/classifications',
  summary: 'Record what the law says of a substance from a day on; earlier days keep their law',
  status: 201,
  permission: 'catalogue.classify',
  audit: 'catalogue.substance_classified',
  body: Classification,
  reply: Type.Object({ id: Id, impact: Impact }),
  refusals: [...guarded, 'not_found', 'rule_in_the_past', 'rule_stands_already', 'rule_stands_not'],
})

export const saleSwitches = ['rx_delivery_enabled', 'h1_delivery'] as const
export type SaleSwitch = (typeof saleSwitches)[number]

export const DecisionMatrix = Type.Object({
  classes: Type.Array(
    Type.Object({
      class: Type.String(),
      showsInCatalogue: Type.Boolean(),
      showsPrice: Type.Boolean(),
      cart: oneOf(['yes', 'held_for_review', 'reserve_only', 'no']),
      needsPrescription: Type.Boolean(),
      delivery: oneOf(['all_served_pins', 'cold_chain_pins', 'district_of_store', 'never']),
      pickup: oneOf(['yes', 'original_prescription_sighted', 'no']),
      /** What holds now, with the switches as they stand. */
      decision: Decision,
      switches: Type.Array(oneOf(saleSwitches)),
      citation: Type.String(),
    }),
  ),
  switches: Type.Array(
    Type.Object({
      switch: oneOf(saleSwitches),
      isOn: Type.Boolean(),
      reason: Type.String(),
      switchedBy: Type.String(),
      switchedAt: Instant,
    }),
  ),
})
export type DecisionMatrix = Static<typeof DecisionMatrix>

export const getDecisionMatrix = endpoint({
  ...staff,
  method: 'GET',
  path: '/catalogue/decision-matrix',
  summary: 'What the shop does with each class of medicine, and the owner’s switches',
  status: 200,
  permission: 'stock.view',
  audit: 'none',
  reply: DecisionMatrix,
  refusals: guarded,
})

export const setSaleSwitch = endpoint({
  ...staff,
  method: 'POST',
  path: '/catalogue/sale-switches',
  summary: 'Switch delivery of prescription medicines, or of Schedule H1, on or off at once',
  status: 201,
  permission: 'catalogue.manage',
  audit: 'catalogue.sale_switched',
  body: Type.Object(
    { switch: oneOf(saleSwitches), isOn: Type.Boolean(), reason: Reason },
    { additionalProperties: false },
  ),
  reply: DecisionMatrix,
  refusals: guarded,
})
