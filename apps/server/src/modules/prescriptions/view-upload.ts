import assert from 'node:assert/strict'
import { apiPrefix, type PageLink, type PageSize } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { inTransaction } from '#kernel/transaction'
import { uploadNotFound } from './upload-row.ts'
import { viewSeconds } from './upload-limits.ts'

export type ViewReason = 'own' | 'prepared' | 'review' | 'dispensing' | 'inspection' | 'complaint'

/**
 * Writes that the caller looks at a page and why, then answers the addresses it can be fetched from: by the same
 * signed-in person, for a minute. With the reason `own` only the sender's own file is found; every other reason is
 * shown to the sender with the name of who looked, or of whose desk it was made ready on, and the caller's right to it is
 * checked by who calls this. Refuses `not_found`.
 */
export async function viewUpload(
  database: Database,
  caller: Caller,
  looked: { uploadId: string; page: number; reason: ViewReason; orderId?: string | null },
): Promise<PageLink> {
  const { personId } = caller
  assert(personId, 'only a person looks at a prescription')
  const { id } = await inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ personId: string }>`
      select person_id as "personId" from prescriptions.upload join prescriptions.upload_page on upload_id = id
      where id = ${looked.uploadId} and page = ${looked.page} and state = 'ready' and forgotten_at is null`.execute(
      tx,
    )
    const [found] = rows
    if (!found || (looked.reason === 'own' && found.personId !== personId)) throw uploadNotFound()
    const viewId = newId()
    await sql`
      insert into prescriptions.upload_view (id, upload_id, page, viewer_id, reason, order_id)
      values (${viewId}, ${looked.uploadId}, ${looked.page}, ${personId}, ${looked.reason},
        ${looked.orderId ?? null})`.execute(tx)
    return { id: viewId }
  })
  const url = (size: PageSize) => `${apiPrefix}/page-views/${id}/${size}`
  return {
    urls: { small: url('small'), screen: url('screen'), whole: url('whole') },
    seconds: viewSeconds,
  }
}
