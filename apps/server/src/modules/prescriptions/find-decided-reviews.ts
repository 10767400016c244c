import type { DecidedReview } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'

const reviewsMax = 50

type Row = Omit<DecidedReview, 'decidedAt'> & { readonly decidedAt: Date }

/** Reviews settled at a store, the last first, with what was approved and revoked at them; one order's when asked. */
export async function findDecidedReviews(
  db: Reader,
  storeId: string,
  orderNumber: string | null,
): Promise<DecidedReview[]> {
  const { rows } = await sql<Row>`
    select review.id, order_id as "orderId", order_number as "orderNumber", decided_at as "decidedAt", coalesce((
        select jsonb_agg(jsonb_build_object('id', read.id, 'state', read.state, 'prescriberName', prescriber_name,
          'patientName', patient_name, 'issuedOn', issued_on, 'pharmacistName', pharmacist_name,
          'pharmacistRegistration', pharmacist_registration, 'revokeReason', revoke_reason, 'isSupplied', exists (
            select from prescriptions.item_use as use join prescriptions.prescription_item as item on item.id = use.item_id
            where item.prescription_id = read.id and use.kind = 'dispensed')
          ) order by read.approved_at, read.id)
        from prescriptions.prescription as read
        where read.review_id = review.id and read.state <> 'draft'
      ), '[]') as prescriptions
    from prescriptions.review
    where store_id = ${storeId} and state = 'decided'
      and (${orderNumber}::text is null or order_number = ${orderNumber}::text)
    order by decided_at desc, review.id limit ${reviewsMax}`.execute(db)
  return rows.map(row => ({ ...row, decidedAt: row.decidedAt.toISOString() }))
}
