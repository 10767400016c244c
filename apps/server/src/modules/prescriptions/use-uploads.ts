import { sql } from 'kysely'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { uploadNotFound } from './upload-row.ts'
import { usedKeepYears } from './upload-limits.ts'

const uploadsMax = 40

/**
 * Asserts that each of these files is this person's, was checked and is still there, and locks them, so that none is
 * taken back before `tx` ends. Refuses `not_found` for a file of somebody else or of nobody, `upload_not_ready` for
 * one that is still checked, was refused, or is gone.
 */
export async function assertUploadsReady(
  tx: Tx,
  personId: string,
  uploadIds: readonly string[],
): Promise<void> {
  const wanted = [...new Set(uploadIds)]
  if (wanted.length > uploadsMax) {
    throw new Refusal('upload_limit_reached', `One order rests on at most ${uploadsMax} files.`)
  }
  const { rows } = await sql<{ isReady: boolean }>`
    select state = 'ready' and forgotten_at is null as "isReady" from prescriptions.upload
    where id = any(${wanted}::uuid[]) and person_id = ${personId} order by id for update`.execute(
    tx,
  )
  if (rows.length < wanted.length) throw uploadNotFound()
  if (rows.some(({ isReady }) => !isReady)) {
    throw new Refusal(
      'upload_not_ready',
      'A file of the prescription is still being checked or was not accepted. Wait a moment or send it again.',
    )
  }
}

/**
 * A review rests on these files from now on: they can no longer be taken back, and are kept five years from today
 * (Pharmacy Practice Regulations 2015, 6.2). Each later supply calls it again and the five years begin anew.
 */
export async function keepUsedUploads(tx: Tx, uploadIds: readonly string[]): Promise<void> {
  await sql`
    update prescriptions.upload set used_at = coalesce(used_at, kernel.now()),
      keep_until = greatest(keep_until, (kernel.today() + make_interval(years => ${usedKeepYears}))::date)
    where id = any(${[...uploadIds]}::uuid[])`.execute(tx)
}
