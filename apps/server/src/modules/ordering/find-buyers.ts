import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { orderNumber } from './order-summary.ts'

/** Who an order went to; personal, so only for people whose right and reason are on the audit trail. */
export interface Buyer {
  readonly orderId: string
  readonly orderNumber: string
  readonly recipientName: string
  readonly mobile: string
  readonly city: string
}

/** The receivers of these orders, by order. */
export async function findBuyers(
  db: Reader,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, Buyer>> {
  const { rows } = await sql<Omit<Buyer, 'orderNumber'> & { number: number }>`
    select id as "orderId", number, recipient_name as "recipientName", mobile, city
    from ordering.order where id = any(${orderIds}::uuid[]) order by id`.execute(db)
  return new Map(
    rows.map(({ number, ...row }) => [row.orderId, { ...row, orderNumber: orderNumber(number) }]),
  )
}
