import { Type } from 'typebox'
import { Reason } from './catalogue-desk.ts'
import { endpoint } from './endpoint.ts'
import { Id, Instant, oneOf } from './shapes.ts'

const common = {
  tag: 'catalogue',
  permission: 'catalogue.classify',
  ownership: 'none',
  path: '/catalogue/packs/:id/cutting',
  params: Type.Object({ id: Id }),
} as const

const Cutting = Type.Object({
  mayBeCut: Type.Boolean(),
  /** What stands in the way of cutting it at all; null when a pharmacist may decide. */
  obstacle: Type.Union([oneOf(['not_counted', 'single']), Type.Null()]),
  /** What a pharmacist said of it last. */
  last: Type.Union([Type.Object({ reason: Type.String(), at: Instant }), Type.Null()]),
})

export const catalogueCutting = {
  getCutting: endpoint({
    ...common,
    method: 'GET',
    summary: 'Whether the strips of a pack may be cut for a prescription',
    status: 200,
    audit: 'none',
    reply: Cutting,
    refusals: ['malformed_request', 'sign_in_needed', 'not_allowed', 'not_found'],
  }),
  setCutting: endpoint({
    ...common,
    method: 'POST',
    summary: 'Let the strips of a pack be cut for a prescription, or no longer, and say why',
    status: 201,
    audit: 'catalogue.cutting_set',
    body: Type.Object(
      { mayBeCut: Type.Boolean(), reason: Reason },
      { additionalProperties: false },
    ),
    reply: Cutting,
    refusals: ['malformed_request', 'sign_in_needed', 'not_allowed', 'not_found', 'not_cuttable'],
  }),
}
