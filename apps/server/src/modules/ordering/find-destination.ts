import type { Address, Fulfilment, PaymentMethod, Serviceability } from '@janta/contracts'
import type { Reader } from '#modules/catalogue'
import { findPlace, findServiceability } from '#modules/delivery'
import { defaultStore, type Store } from '#modules/stock'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { type DeliveryAddress, readAddress } from './address.ts'
import { collectWithinHours } from './hold-hours.ts'

export interface Destination {
  readonly address: DeliveryAddress
  readonly lane: Pick<
    Serviceability,
    | 'pin'
    | 'district'
    | 'state'
    | 'hoursMin'
    | 'hoursMax'
    | 'feePaise'
    | 'freeAbovePaise'
    | 'isStoreDistrict'
    | 'isColdChain'
  >
  readonly fulfilment: Fulfilment
  readonly store: Store
}

/**
 * Where the order goes and what the way costs. An order that is collected goes to the counter for nothing, whatever
 * the customer's own PIN is. Refuses a wrong address, and `pin_code_not_served` where we do not come or take no cash.
 */
export async function findDestination(
  database: Database,
  checkout: { address: Address; fulfilment?: Fulfilment | undefined; paymentMethod: PaymentMethod },
): Promise<Destination> {
  const fulfilment = checkout.fulfilment ?? 'delivery'
  const address = readAddress(checkout.address)
  const [lane, store] = await Promise.all([
    fulfilment === 'pickup'
      ? toTheCounter(database, checkout.address.pin)
      : toTheDoor(database.reads, checkout.address.pin, checkout.paymentMethod),
    defaultStore(database.reads),
  ])
  return { address, lane, fulfilment, store }
}

async function toTheCounter(database: Database, pin: string): Promise<Destination['lane']> {
  return {
    ...(await findPlace(database.reads, pin)),
    hoursMin: collectWithinHours.min,
    hoursMax: collectWithinHours.max,
    feePaise: 0,
    freeAbovePaise: 0,
    isStoreDistrict: true,
    isColdChain: true,
  }
}

/** The way to this PIN. Refuses `pin_code_not_served` where we do not come or, asked to, take no cash. */
export async function toTheDoor(
  db: Reader,
  pin: string,
  paymentMethod: PaymentMethod,
): Promise<Destination['lane']> {
  const lane = await findServiceability(db, pin)
  if (paymentMethod === 'prepaid' || lane.cashOnDelivery) return lane
  throw new Refusal(
    'pin_code_not_served',
    `We do not take cash at the door in ${lane.pin} yet. Pay online, or try another address.`,
    {
      fields: [{ field: 'address.pin', message: 'No cash on delivery here yet.' }],
      values: { pin: lane.pin },
    },
  )
}
