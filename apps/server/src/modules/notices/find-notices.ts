import type { OrderNotice } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { findContacts } from '#modules/ordering'
import { Refusal } from '#kernel/refusal'

const noticesMax = 50

/** What was told about an order, newest first; `personId` says whose it must be. Refuses `not_found`. */
export async function findNotices(
  db: Reader,
  orderId: string,
  personId?: string | null,
): Promise<{ items: OrderNotice[] }> {
  const [order] = await findContacts(db, [orderId])
  if (!order || (personId !== undefined && order.personId !== personId)) {
    throw new Refusal('not_found', 'There is no such order.')
  }
  const { rows } = await sql<
    Omit<OrderNotice, 'at' | 'sentAt'> & { readonly at: Date; readonly sentAt: Date | null }
  >`
    select id, occasion, text, language, made_at as at, state, sent_at as "sentAt"
    from notices.notice where order_id = ${orderId}
    order by made_at desc, id desc limit ${noticesMax}`.execute(db)
  return {
    items: rows.map(row => ({
      ...row,
      at: row.at.toISOString(),
      sentAt: row.sentAt?.toISOString() ?? null,
    })),
  }
}
