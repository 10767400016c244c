import type { Fulfilment, OrderState } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { orderNumber } from './order-summary.ts'

/** Who is told about an order, in which language, and where the order is. */
export interface Contact {
  readonly orderId: string
  readonly personId: string
  readonly orderNumber: string
  readonly language: 'en' | 'hi'
  readonly state: OrderState
  readonly fulfilment: Fulfilment
  readonly needsPrescription: boolean
}

/** The contacts of these orders, in the order of their ids; an unknown order is left out. */
export async function findContacts(db: Reader, orderIds: readonly string[]): Promise<Contact[]> {
  const { rows } = await sql<Omit<Contact, 'orderNumber'> & { number: number }>`
    select id as "orderId", person_id as "personId", number, language, state, fulfilment, exists (
      select from ordering.order_line where order_id = "order".id and needs_prescription
    ) as "needsPrescription"
    from ordering.order where id = any(${orderIds}::uuid[]) order by id`.execute(db)
  return rows.map(({ number, ...row }) => ({ ...row, orderNumber: orderNumber(number) }))
}
