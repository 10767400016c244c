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
