import { type Static, Type } from 'typebox'
import { MedicineCard } from './catalogue.ts'
import { Reason } from './catalogue-desk.ts'
import { endpoint } from './endpoint.ts'
import { Day, Id, Instant, oneOf } from './shapes.ts'

const staff = { tag: 'catalogue', ownership: 'none' } as const
const guarded = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const

export const EquivalenceRuling = Type.Object({
  id: Id,
  ruling: oneOf(['linked', 'separated']),
  /** The other medicine of the pair, by one of its packs' names. */
  otherName: Type.String(),
  fromDay: Day,
  reason: Type.String(),
  recordedBy: Type.String(),
  recordedAt: Instant,
})
export type EquivalenceRuling = Static<typeof EquivalenceRuling>

export const listEquivalenceRulings = endpoint({
  ...staff,
  method: 'GET',
  path: '/catalogue/medicines/:id/equivalence-rulings',
  summary:
    'What pharmacists said of this medicine and others, and its equivalents as customers see them',
  status: 200,
  permission: 'catalogue.classify',
  audit: 'none',
  params: Type.Object({ id: Id }),
  reply: Type.Object({
    rulings: Type.Array(EquivalenceRuling),
    equivalents: Type.Array(MedicineCard),
  }),
  refusals: [...guarded, 'not_found'],
})

export const ruleEquivalence = endpoint({
  ...staff,
  method: 'POST',
  path: '/catalogue/equivalence-rulings',
  summary: 'State that two medicines are the same, or that two which look the same are not',
  status: 201,
  permission: 'catalogue.classify',
  audit: 'catalogue.equivalence_ruled',
  body: Type.Object(
    {
      medicineId: Id,
      otherMedicineId: Id,
      ruling: oneOf(['linked', 'separated']),
      from: Day,
      reason: Reason,
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Id }),
  refusals: [...guarded, 'not_found', 'rule_in_the_past', 'not_comparable'],
})
