import { sql } from 'kysely'
import { findContacts } from '#modules/ordering'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit, type Event, onceFor } from '#kernel/events'
import { newId } from '#kernel/id'
import { inTransaction } from '#kernel/transaction'
import { noticeText } from './notice-words.ts'
import { occasionOf } from './occasion-of.ts'

const caller = systemCaller('notices.tell_customer')

/**
 * Writes what the customers of an event's orders are told, once for each event however often it is delivered. Announces
 * `notices.notice_written` where somebody will carry it to a phone; otherwise it stands on the order alone.
 */
export async function tellCustomer(
  database: Database,
  event: Event,
  how: { readonly task: string; readonly publicUrl: string; readonly isSent: boolean },
): Promise<void> {
  await inTransaction(database, caller, tx =>
    onceFor(tx, how.task, event, async () => {
      for (const order of await findContacts(tx, ordersOf(event))) {
        const occasion = occasionOf(event, order)
        if (!occasion) continue
        const { orderId, personId, orderNumber, language } = order
        const text = noticeText(occasion, language, { orderNumber, publicUrl: how.publicUrl })
        const id = newId()
        await sql`
          insert into notices.notice (id, event_id, order_id, person_id, occasion, language, text, state)
          values (${id}, ${event.id}, ${orderId}, ${personId}, ${occasion}, ${language}, ${text},
            ${how.isSent ? 'waiting' : 'shown'})`.execute(tx)
        if (how.isSent) await emit(tx, caller, 'notices.notice_written', { noticeId: id })
      }
    }),
  )
}

function ordersOf({ payload }: Event): string[] {
  const { orderId, orderIds = [orderId] } = payload
  return (orderIds as unknown[]).filter(id => typeof id === 'string')
}
