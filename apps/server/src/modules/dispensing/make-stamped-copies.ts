import { buffer } from 'node:stream/consumers'
import { findSuppliedPages } from '#modules/prescriptions'
import type { Database } from '#kernel/database'
import type { Files } from '#kernel/files'
import { drawStampedCopy } from './draw-stamped-copy.ts'
import { findSupply } from './find-supply.ts'

/** Beside the pages it is a copy of, so that it is erased with them and not before. */
export const stampedKey = (uploadId: string, orderId: string): string =>
  `pages/${uploadId}/stamped-${orderId}.pdf`

/**
 * Makes the stamped copy of each file an order was supplied on (rule 65(11)(c): name, address and day of dispensing
 * are noted on the prescription). Made again, it is the same copy.
 */
export async function makeStampedCopies(
  database: Database,
  files: Files,
  orderId: string,
): Promise<void> {
  const store = files.of('prescriptions')
  const sent = await findSuppliedPages(database.db, orderId)
  if (sent.length === 0) return
  const { items, invoice } = await findSupply(database.db, orderId)
  for (const { uploadId, pages } of sent) {
    const pictures: Buffer[] = []
    for (let page = 1; page <= pages; page++) {
      const found = await store.get(`pages/${uploadId}/${page}-whole.jpg`)
      if (found) pictures.push(await buffer(found.stream))
    }
    if (pictures.length === 0) continue
    const prescribed = items.filter(item => item.paper)
    const bytes = await drawStampedCopy({ pages: pictures, items: prescribed, invoice })
    await store.put(stampedKey(uploadId, orderId), bytes, { contentType: 'application/pdf' })
  }
}
