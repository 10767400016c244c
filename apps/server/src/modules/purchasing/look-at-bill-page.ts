import { buffer } from 'node:stream/consumers'
import type { PhotoFault } from '@janta/contracts'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Files } from '#kernel/files'
import { inTransaction } from '#kernel/transaction'
import { cleanPage, keptKey, pageBytesMax, waitingKey } from './bill-page-rules.ts'

/**
 * Looks at a photo of a bill that was sent, as the worker does: takes it out of quarantine and keeps it, or says why not.
 * Done twice it does no harm: the same photo cleaned again has the same bytes, and the row is finished once.
 */
export async function lookAtBillPage(database: Database, files: Files, id: string): Promise<void> {
  const { rows } = await sql<{ state: string }>`
    select state from purchasing.bill_page where id = ${id}`.execute(database.db)
  if (rows[0]?.state !== 'awaiting') return
  const quarantine = files.of('quarantine')
  const sent = await quarantine.get(waitingKey(id))
  if (!sent) return finish(database, id, 'nothing_arrived')
  if (sent.bytes > pageBytesMax) {
    sent.stream.destroy()
    return finish(database, id, 'too_large')
  }
  const cleaned = await cleanPage(await buffer(sent.stream))
  if ('page' in cleaned) {
    await files.of('invoices').put(keptKey(id), cleaned.page, { contentType: 'image/webp' })
  }
  await finish(database, id, 'fault' in cleaned ? cleaned.fault : null)
  await quarantine.delete(waitingKey(id))
}

async function finish(database: Database, id: string, fault: PhotoFault | null): Promise<void> {
  await inTransaction(database, systemCaller('look-at-bill-page'), async tx => {
    await sql`
      update purchasing.bill_page set state = ${fault === null ? 'ready' : 'refused'}, refusal = ${fault}
      where id = ${id} and state = 'awaiting'`.execute(tx)
  })
}
