import { type Kysely, sql } from 'kysely'
import { Refusal } from '#kernel/refusal'
import { readPinCode } from './pin-code.ts'

/** Where a PIN lies, whether or not we deliver there. */
export interface Place {
  readonly pin: string
  readonly district: string
  readonly state: string
}

/**
 * The district and state of a PIN by the India Post directory, for an address nobody drives to: that of a customer who
 * collects. Refuses `pin_code_invalid` for what is no PIN and for one the directory does not know.
 */
export async function findPlace(
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  text: string,
): Promise<Place> {
  const pin = readPinCode(text)
  const { rows } = await sql<Place>`
    select pin, district, state from delivery.pin_code where pin = ${pin}`.execute(db)
  const [place] = rows
  if (place) return place
  throw new Refusal(
    'pin_code_invalid',
    `We could not find PIN ${pin} in the India Post directory. Check the six digits.`,
    { fields: [{ field: 'address.pin', message: 'is not in the directory' }] },
  )
}
