import type { UploadRefusal } from '@janta/contracts'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { inTransaction, type Tx } from '#kernel/transaction'
import { findLikes } from './find-likes.ts'
import { likenessOf } from './upload-likeness.ts'
import { lockUpload } from './upload-row.ts'
import type { UploadKind } from './upload-kind.ts'
import type { MadePage } from './upload-pages.ts'

export type CheckedUpload =
  | { readonly id: string; readonly refusal: UploadRefusal }
  | {
      readonly id: string
      readonly kind: UploadKind
      readonly sha256: Buffer
      readonly pages: readonly Omit<MadePage, 'files'>[]
    }

/**
 * Writes what came of looking at a file, and what it is like. One that was finished or taken back meanwhile stays as
 * it is, which is why doing it twice does no harm. Answers whether its pages are to be kept.
 */
export async function recordCheckedUpload(
  database: Database,
  checked: CheckedUpload,
): Promise<boolean> {
  const caller = systemCaller('record-checked-upload')
  return inTransaction(database, caller, async tx => {
    const { id } = checked
    const state = (await lockUpload(tx, id))?.state
    if (state !== 'checking') return state === 'ready'
    if ('refusal' in checked) {
      // Nothing of it is kept, so there is nothing to forget later.
      await sql`
        update prescriptions.upload
        set state = 'refused', refusal = ${checked.refusal}, checked_at = kernel.now() where id = ${id}`.execute(
        tx,
      )
    } else {
      await sql`
        update prescriptions.upload set state = 'ready', kind = ${checked.kind}, sha256 = ${checked.sha256},
          checked_at = kernel.now() where id = ${id}`.execute(tx)
      for (const page of checked.pages) await insertPage(tx, id, page)
      for (const { earlierId, kind } of await findLikes(tx, checked)) {
        await sql`
          insert into prescriptions.upload_likeness (upload_id, earlier_id, kind)
          values (${id}, ${earlierId}, ${kind}) on conflict do nothing`.execute(tx)
      }
    }
    await emit(tx, caller, 'prescriptions.upload_checked', { uploadId: id })
    return !('refusal' in checked)
  })
}

async function insertPage(tx: Tx, id: string, made: Omit<MadePage, 'files'>): Promise<void> {
  const { bits, bands, tone } = likenessOf(made.grey)
  await sql`
    insert into prescriptions.upload_page
      (upload_id, page, width, height, is_dark, is_blurred, likeness, tone, band_1, band_2, band_3, band_4)
    values (${id}, ${made.page}, ${made.width}, ${made.height}, ${made.isDark}, ${made.isBlurred},
      ${bits}::bit(64), ${Buffer.from(tone)}, ${bands[0]}, ${bands[1]}, ${bands[2]}, ${bands[3]})`.execute(
    tx,
  )
}
