import type { Serviceability } from '@janta/contracts'
import { type Kysely, sql } from 'kysely'
import { Refusal } from '#kernel/refusal'
import { isArmyPin, readPinCode } from './pin-code.ts'

type Reader = Pick<Kysely<unknown>, 'getExecutor'>

interface Found {
  district: string | null
  state: string | null
  isAmbiguous: boolean | null
  storePin: string | null
  storeDistrict: string | null
  delivers: boolean | null
  cashOnDelivery: boolean
  hoursMin: number
  hoursMax: number
  feePaise: number
  freeAbovePaise: number
  isColdChain: boolean
}

/**
 * Whether, when and at what fee the serving store delivers to a PIN, written with or without its space.
 * `isStoreDistrict` is true only where every office of the PIN lies in the store's district, because prescription
 * medicines may not leave it. Refuses `pin_code_invalid` for what is no PIN and `pin_code_not_served` for an
 * army, unknown or unserved one. Works in a transaction and on the reads; one statement.
 */
export async function findServiceability(db: Reader, text: string): Promise<Serviceability> {
  const pin = readPinCode(text)
  if (isArmyPin(pin)) {
    throw notServed(
      'Couriers cannot deliver to army post offices. Use a civil address or collect at our store.',
    )
  }
  const { rows } = await sql<Found>`
    select pin_code.district, pin_code.state, pin_code.is_ambiguous as "isAmbiguous",
      store.pin as "storePin", store.district as "storeDistrict", lane.delivers, lane.cash_on_delivery as "cashOnDelivery",
      lane.hours_min as "hoursMin", lane.hours_max as "hoursMax", lane.fee_paise as "feePaise",
      lane.free_above_paise as "freeAbovePaise", lane.is_cold_chain as "isColdChain"
    from (select ${pin}::text as pin) as asked
    left join delivery.pin_code on pin_code.pin = asked.pin
    left join delivery.store on store.is_serving
    left join lateral (
      select delivers, cash_on_delivery, hours_min, hours_max, fee_paise, free_above_paise, is_cold_chain
      from delivery.lane
      where lane.store_id = store.id and asked.pin like lane.pin_prefix || '%'
      order by length(lane.pin_prefix) desc limit 1
    ) as lane on true`.execute(db)
  return answer(pin, rows[0])
}

function answer(pin: string, found: Found | undefined): Serviceability {
  if (!found?.district || !found.state) {
    throw notServed(
      `We could not find PIN ${pin} in the India Post directory. Check the six digits, or call us with your address.`,
    )
  }
  if (!found.delivers) {
    throw notServed(
      `We do not deliver to ${pin} (${found.district}, ${found.state}) yet. Try another address, or collect at our store in PIN ${found.storePin ?? ''}.`,
    )
  }
  return {
    pin,
    district: found.district,
    state: found.state,
    delivers: true,
    cashOnDelivery: found.cashOnDelivery,
    hoursMin: found.hoursMin,
    hoursMax: found.hoursMax,
    feePaise: found.feePaise,
    freeAbovePaise: found.freeAbovePaise,
    isColdChain: found.isColdChain,
    isStoreDistrict: !found.isAmbiguous && found.district === found.storeDistrict,
  }
}

function notServed(sentence: string): Refusal {
  return new Refusal('pin_code_not_served', sentence)
}
