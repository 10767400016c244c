import { sql } from 'kysely'
import { findMobile } from '#modules/identity'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { type SmsSender, SmsRefused } from '#kernel/sms-sender'
import { inTransaction } from '#kernel/transaction'

const caller = systemCaller('notices.send_notice')

/** News of yesterday confuses; it stays on the order, unsent. */
const freshHours = 12

interface Waiting {
  readonly personId: string
  readonly template: string
  readonly text: string
  readonly isFresh: boolean
}

/**
 * Sends a notice to the phone of whoever ordered. May run any number of times and die at any step: the provider knows the
 * notice by its id and sends it once. No answer throws, so that the job is tried again; a no is written down.
 */
export async function sendNotice(database: Database, sender: SmsSender, id: string): Promise<void> {
  const { rows } = await sql<Waiting>`
    select person_id as "personId", occasion || '.' || language as template, text,
      made_at > kernel.now() - make_interval(hours => ${freshHours}) as "isFresh"
    from notices.notice where id = ${id} and state = 'waiting'`.execute(database.db)
  const [notice] = rows
  if (!notice) return
  const mobile = await findMobile(database.db, notice.personId)
  if (!notice.isFresh || !mobile) return note(database, id, 'late', null)
  const { template, text } = notice
  try {
    await note(
      database,
      id,
      'sent',
      await sender.send({ to: mobile, template, text, reference: id }),
    )
  } catch (error) {
    if (!(error instanceof SmsRefused)) throw error
    await note(database, id, 'refused', error.reason)
  }
}

async function note(
  database: Database,
  id: string,
  state: 'sent' | 'refused' | 'late',
  providerNote: string | null,
): Promise<void> {
  await inTransaction(database, caller, tx =>
    sql`
      update notices.notice
      set state = ${state}, provider_note = ${providerNote}, sent_at = case when ${state} = 'sent' then kernel.now() end
      where id = ${id} and state = 'waiting'`.execute(tx),
  )
}
