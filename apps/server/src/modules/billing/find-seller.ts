import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import type { Day } from '#kernel/day'
import { Refusal } from '#kernel/refusal'

/** Who sells, as documents of a time print it. */
export interface Seller {
  readonly id: string
  readonly storeId: string
  readonly effectiveFrom: Day
  readonly legalName: string
  readonly tradeName: string
  readonly addressLines: readonly string[]
  readonly pin: string
  readonly stateCode: string
  readonly gstin: string
  /** Form and number of each, such as '20: MP/IND/20/1234'. */
  readonly drugLicences: readonly string[]
  readonly fssaiNumber: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly hsnDigits: 4 | 6
  readonly deliveryTreatment: 'own_service' | 'follows_goods'
  readonly isSample: boolean
}

const columns = sql`
  id, store_id as "storeId", effective_from as "effectiveFrom", legal_name as "legalName",
  trade_name as "tradeName", address_lines as "addressLines", pin, state_code as "stateCode", gstin,
  drug_licences as "drugLicences", fssai_number as "fssaiNumber", phone, email, hsn_digits as "hsnDigits",
  delivery_treatment as "deliveryTreatment", is_sample as "isSample"`

/** The seller's facts as they stand on that day, or undefined while nobody entered any. */
export async function findSeller(
  db: Reader,
  storeId: string,
  day: Day,
): Promise<Seller | undefined> {
  const { rows } = await sql<Seller>`
    select ${columns} from billing.seller
    where store_id = ${storeId} and effective_from <= ${day}::date
    order by effective_from desc, id desc limit 1`.execute(db)
  return rows[0]
}

const sellersMax = 50

/** All that was ever recorded of the store, the latest first; of one day the last recorded first, which is what counts. */
export async function findSellers(db: Reader, storeId: string): Promise<Seller[]> {
  const { rows } = await sql<Seller>`
    select ${columns} from billing.seller where store_id = ${storeId}
    order by effective_from desc, id desc limit ${sellersMax}`.execute(db)
  return rows
}

/** The facts one document was issued under. */
export async function getSeller(db: Reader, id: string): Promise<Seller> {
  const { rows } =
    await sql<Seller>`select ${columns} from billing.seller where id = ${id}`.execute(db)
  return rows[0]!
}

/** As `findSeller`; refuses `seller_unknown`, because a memo without licence and GSTIN is none. */
export async function sellerOn(db: Reader, storeId: string, day: Day): Promise<Seller> {
  const seller = await findSeller(db, storeId, day)
  if (seller) return seller
  throw new Refusal(
    'seller_unknown',
    'No invoice can be issued until an administrator has entered the name, address, GSTIN and licences of this store under Money.',
  )
}
