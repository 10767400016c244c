import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Paise, PinCode } from './shapes.ts'

export const Serviceability = Type.Object({
  pin: Type.String(),
  district: Type.String(),
  state: Type.String(),
  delivers: Type.Boolean(),
  cashOnDelivery: Type.Boolean(),
  /** Hours from placing to the door, a range, never a false point. */
  hoursMin: Type.Integer(),
  hoursMax: Type.Integer(),
  feePaise: Paise,
  freeAbovePaise: Paise,
  /** True when the PIN lies in the dispensing store's revenue district (prescription deliveries need it). */
  isStoreDistrict: Type.Boolean(),
  /** True where a cold box arrives in time; what must stay cold goes nowhere else. */
  isColdChain: Type.Boolean(),
})
export type Serviceability = Static<typeof Serviceability>

export const getServiceability = endpoint({
  method: 'GET',
  path: '/serviceability/:pin',
  summary: 'Whether, when and at what fee the pharmacy delivers to a PIN code',
  tag: 'delivery',
  status: 200,
  permission: 'public',
  ownership: 'none',
  audit: 'none',
  params: Type.Object({ pin: PinCode }),
  reply: Serviceability,
  refusals: ['malformed_request', 'pin_code_invalid', 'pin_code_not_served'],
})

/** The first one to six digits of PINs; the longest that fits a PIN decides. */
const PinPrefix = Type.String({ pattern: '^[1-9][0-9]{0,5}$' })
const hours = Type.Integer({ minimum: 1, maximum: 720 })

/** How the serving store delivers to the PINs that begin so. */
export const LaneTerms = Type.Object(
  {
    delivers: Type.Boolean(),
    cashOnDelivery: Type.Boolean(),
    hoursMin: hours,
    hoursMax: hours,
    feePaise: Type.Integer({ minimum: 0, maximum: 10_000_00 }),
    freeAbovePaise: Type.Integer({ minimum: 0, maximum: 10_00_000_00 }),
    /** True where a cold box arrives in time: only there does what must stay cold go. */
    isColdChain: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type LaneTerms = Static<typeof LaneTerms>

export const Lane = Type.Interface([LaneTerms], {
  pinPrefix: PinPrefix,
  /** How many known PINs it decides for, and an example of where they lie. */
  pins: Type.Integer(),
  district: Type.Union([Type.String(), Type.Null()]),
})
export type Lane = Static<typeof Lane>

export const Lanes = Type.Object({
  store: Type.Object({ name: Type.String(), pin: Type.String(), district: Type.String() }),
  items: Type.Array(Lane),
  knownPins: Type.Integer(),
})
export type Lanes = Static<typeof Lanes>

const lanes = { tag: 'delivery', ownership: 'none' } as const
const guarded = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const

export const listLanes = endpoint({
  ...lanes,
  method: 'GET',
  path: '/delivery/lanes',
  summary: 'Where the serving store delivers, by the beginning of the PIN',
  status: 200,
  permission: 'stock.view',
  audit: 'none',
  reply: Lanes,
  refusals: [...guarded, 'no_serving_store'],
})

export const setLane = endpoint({
  ...lanes,
  method: 'PUT',
  path: '/delivery/lanes/:pinPrefix',
  summary: 'Say how the store delivers to PINs that begin so; a new beginning or a known one',
  status: 200,
  permission: 'catalogue.manage',
  audit: 'delivery.lane_set',
  params: Type.Object({ pinPrefix: PinPrefix }),
  body: LaneTerms,
  reply: Lanes,
  refusals: [...guarded, 'no_serving_store', 'lane_hours_wrong'],
})

export const removeLane = endpoint({
  ...lanes,
  method: 'DELETE',
  path: '/delivery/lanes/:pinPrefix',
  summary: 'Take a beginning out: a shorter one decides then, or nobody is served there',
  status: 200,
  permission: 'catalogue.manage',
  audit: 'delivery.lane_removed',
  params: Type.Object({ pinPrefix: PinPrefix }),
  reply: Lanes,
  refusals: [...guarded, 'no_serving_store', 'not_found'],
})
