import { Refusal } from '#kernel/refusal'

/** `union` is a Union territory without a legislature: its half of the tax is UTGST. */
type Kind = 'state' | 'union'

export interface State {
  readonly code: string
  readonly name: string
  readonly kind: Kind
}

// Names as the PIN code directory writes them, codes as the first two characters of a GSTIN.
const listed: readonly (readonly [string, string, Kind?])[] = [
  ['01', 'Jammu and Kashmir'],
  ['02', 'Himachal Pradesh'],
  ['03', 'Punjab'],
  ['04', 'Chandigarh', 'union'],
  ['05', 'Uttarakhand'],
  ['06', 'Haryana'],
  ['07', 'Delhi'],
  ['08', 'Rajasthan'],
  ['09', 'Uttar Pradesh'],
  ['10', 'Bihar'],
  ['11', 'Sikkim'],
  ['12', 'Arunachal Pradesh'],
  ['13', 'Nagaland'],
  ['14', 'Manipur'],
  ['15', 'Mizoram'],
  ['16', 'Tripura'],
  ['17', 'Meghalaya'],
  ['18', 'Assam'],
  ['19', 'West Bengal'],
  ['20', 'Jharkhand'],
  ['21', 'Odisha'],
  ['22', 'Chhattisgarh'],
  ['23', 'Madhya Pradesh'],
  ['24', 'Gujarat'],
  ['26', 'Dadra and Nagar Haveli and Daman and Diu', 'union'],
  ['27', 'Maharashtra'],
  ['29', 'Karnataka'],
  ['30', 'Goa'],
  ['31', 'Lakshadweep', 'union'],
  ['32', 'Kerala'],
  ['33', 'Tamil Nadu'],
  ['34', 'Puducherry'],
  ['35', 'Andaman and Nicobar Islands', 'union'],
  ['36', 'Telangana'],
  ['37', 'Andhra Pradesh'],
  ['38', 'Ladakh', 'union'],
]

const states: readonly State[] = listed.map(([code, name, kind = 'state']) => ({
  code,
  name,
  kind,
}))
const byCode = new Map(states.map(one => [one.code, one]))
const byKey = new Map(states.map(one => [keyOf(one.name), one]))

function keyOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/[^a-z]+/g, ' ')
    .replace(/^the /, '')
    .trim()
}

export function stateOfCode(code: string): State | undefined {
  return byCode.get(code)
}

/** The state of this name in any case; refuses `place_of_supply_unknown`, because without it no tax can be split. */
export function stateOfName(name: string): State {
  const state = byKey.get(keyOf(name))
  if (state) return state
  throw new Refusal(
    'place_of_supply_unknown',
    'The state of this address is not one GST knows. Correct the state of the address, then try again.',
  )
}

export type Split = 'intra_state' | 'intra_union' | 'inter'

/**
 * CGST and SGST within a state or a Union territory with a legislature, CGST and UTGST within another Union territory,
 * IGST otherwise. The place of supply is where the goods are delivered (IGST Act s.10(1)(ca), Circular 209/3/2024).
 */
export function splitOf(supplier: State, placeOfSupply: State): Split {
  if (supplier.code !== placeOfSupply.code) return 'inter'
  return placeOfSupply.kind === 'union' ? 'intra_union' : 'intra_state'
}
