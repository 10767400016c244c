import { buffer } from 'node:stream/consumers'
import type { Database } from '#kernel/database'
import type { Files } from '#kernel/files'
import { findState } from './photo-state.ts'
import { finishPhoto } from './finish-photo.ts'
import { photoKey } from './find-photos.ts'
import { photoBytesMax, quarantineKey } from './photo-rules.ts'
import { makePhotoSizes } from './photo-sizes.ts'

/**
 * Looks at a picture that was sent, as the worker does: takes it out of quarantine, makes its sizes and shows it, or
 * says why not. Done twice it does no harm: the same files are written again and the row is finished once.
 */
export async function lookAtPhoto(database: Database, files: Files, id: string): Promise<void> {
  if ((await findState(database.db, id))?.state !== 'awaiting') return
  const quarantine = files.of('quarantine')
  const sent = await quarantine.get(quarantineKey(id))
  if (!sent) return finishPhoto(database, { id, fault: 'nothing_arrived' })
  if (sent.bytes > photoBytesMax) {
    sent.stream.destroy()
    return finishPhoto(database, { id, fault: 'too_large' })
  }
  const looked = await makePhotoSizes(await buffer(sent.stream))
  if ('fault' in looked) {
    await finishPhoto(database, { id, fault: looked.fault })
  } else {
    const assets = files.of('assets')
    for (const [width, bytes] of looked.sizes) {
      await assets.put(photoKey(id, width), bytes, { contentType: 'image/webp' })
    }
    await finishPhoto(database, { id, width: looked.width, height: looked.height })
  }
  await quarantine.delete(quarantineKey(id))
}
