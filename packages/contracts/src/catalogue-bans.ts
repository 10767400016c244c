import { type Static, Type } from 'typebox'
import { Citation, SubstanceId } from './catalogue-desk.ts'
import { endpoint } from './endpoint.ts'
import { Day, Instant, Limit, oneOf } from './shapes.ts'

const staff = { tag: 'catalogue', ownership: 'none' } as const
const guarded = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const
const BanId = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })

export const banRoutes = [
  'oral',
  'injection',
  'skin',
  'eye',
  'ear',
  'nose',
  'mouth',
  'inhalation',
  'rectal',
  'vaginal',
  'sublingual',
] as const
export const banReleases = ['immediate', 'modified', 'delayed'] as const
export const banComponentsMax = 10

/** A formulation whose sale is prohibited (Drugs and Cosmetics Act 1940, section 26A) from a day on. */
export const Ban = Type.Object(
  {
    title: Type.String({ minLength: 3, maxLength: 200 }),
    /** Whatever contains all of these is banned. */
    components: Type.Array(
      Type.Object(
        {
          substanceId: SubstanceId,
          /** Only above so much in one unit; left out: in any strength. */
          aboveMicrograms: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000_000 })),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: banComponentsMax },
    ),
    route: Type.Optional(oneOf(banRoutes)),
    release: Type.Optional(oneOf(banReleases)),
    /** Only the combination of exactly these and nothing else. */
    isExact: Type.Boolean(),
    from: Day,
    sourceCitation: Citation,
  },
  { additionalProperties: false },
)
export type Ban = Static<typeof Ban>

const orNull = <T extends Parameters<typeof Type.Array>[0]>(shape: T) =>
  Type.Union([shape, Type.Null()])

export const BannedFormulation = Type.Object({
  id: BanId,
  title: Type.String(),
  components: Type.Array(
    Type.Object({ name: Type.String(), aboveMicrograms: orNull(Type.Integer()) }),
  ),
  route: orNull(Type.String()),
  release: orNull(Type.String()),
  isExact: Type.Boolean(),
  from: Day,
  /** The first day it no longer holds; null while it stands. */
  to: orNull(Day),
  sourceCitation: Type.String(),
  recordedBy: Type.String(),
  recordedAt: Instant,
  liftedBy: orNull(Type.String()),
  liftCitation: orNull(Type.String()),
})
export type BannedFormulation = Static<typeof BannedFormulation>

export const BanReach = Type.Object({
  packs: Type.Integer(),
  examples: Type.Array(Type.String()),
})
export type BanReach = Static<typeof BanReach>

export const listBans = endpoint({
  ...staff,
  method: 'GET',
  path: '/catalogue/bans',
  summary: 'Banned formulations, those in force first, each with its source',
  status: 200,
  permission: 'stock.view',
  audit: 'none',
  query: Type.Object({ limit: Limit }),
  reply: Type.Object({ items: Type.Array(BannedFormulation) }),
  refusals: guarded,
})

export const previewBan = endpoint({
  ...staff,
  method: 'POST',
  path: '/catalogue/ban-previews',
  summary: 'Which packs a ban would take off sale, without entering it',
  status: 200,
  permission: 'catalogue.classify',
  audit: 'none',
  body: Ban,
  reply: BanReach,
  refusals: [...guarded, 'not_found', 'rule_in_the_past', 'ban_invalid'],
})

export const recordBan = endpoint({
  ...staff,
  method: 'POST',
  path: '/catalogue/bans',
  summary: 'Enter a banned formulation from a day on; what contains it is not sold from then',
  status: 201,
  permission: 'catalogue.classify',
  audit: 'catalogue.formulation_banned',
  body: Ban,
  reply: Type.Object({ id: Type.String(), reach: BanReach }),
  refusals: [...guarded, 'not_found', 'rule_in_the_past', 'ban_invalid'],
})

export const liftBan = endpoint({
  ...staff,
  method: 'POST',
  path: '/catalogue/bans/:banId/lifting',
  summary: 'State that a ban ends on a day, with the source; the days before stay as they were',
  status: 201,
  permission: 'catalogue.classify',
  audit: 'catalogue.ban_lifted',
  params: Type.Object({ banId: BanId }),
  body: Type.Object({ to: Day, sourceCitation: Citation }, { additionalProperties: false }),
  reply: Type.Object({ id: Type.String() }),
  refusals: [...guarded, 'not_found', 'rule_in_the_past', 'rule_stands_not'],
})
