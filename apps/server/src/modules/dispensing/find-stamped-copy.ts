import { buffer } from 'node:stream/consumers'
import type { FileContent } from '@janta/contracts'
import { findSuppliedPages, viewUpload } from '#modules/prescriptions'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Files } from '#kernel/files'
import { Refusal } from '#kernel/refusal'
import { stampedKey } from './make-stamped-copies.ts'

/**
 * The stamped copy of one of the files an order was supplied on, the first being 1. Every page of it is written down
 * as looked at, which the customer sees, before anything is shown. Refuses `not_found` where no such file is kept, and
 * `document_not_ready` until the copy is made.
 */
export async function findStampedCopy(
  { database, files }: { database: Database; files: Files },
  caller: Caller,
  { orderId, file }: { orderId: string; file: number },
): Promise<FileContent> {
  const sent = (await findSuppliedPages(database.db, orderId))[file - 1]
  if (!sent) throw new Refusal('not_found', 'No such prescription is kept for this order.')
  const { uploadId, pages } = sent
  const found = await files.of('prescriptions').get(stampedKey(uploadId, orderId))
  if (!found) {
    throw new Refusal(
      'document_not_ready',
      'The stamped copy is made within a minute of packing. Try again shortly.',
    )
  }
  const bytes = await buffer(found.stream)
  for (let page = 1; page <= pages; page++) {
    await viewUpload(database, caller, { uploadId, page, reason: 'dispensing', orderId })
  }
  const name = `prescription-${orderId.slice(-8)}-${file}.pdf`
  return { name, contentType: 'application/pdf', base64: bytes.toString('base64') }
}
