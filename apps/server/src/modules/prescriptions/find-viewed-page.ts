import { sql } from 'kysely'
import type { Reader } from './find-uploads.ts'
import { viewSeconds } from './upload-limits.ts'

/** The page a look was written down for, to the one who looks and while the minute lasts; undefined afterwards. */
export async function findViewedPage(
  db: Reader,
  viewerId: string,
  viewId: string,
): Promise<{ uploadId: string; page: number } | undefined> {
  const { rows } = await sql<{ uploadId: string; page: number }>`
    select upload_id as "uploadId", page from prescriptions.upload_view looked
    where looked.id = ${viewId} and viewer_id = ${viewerId}
      and at > kernel.now() - make_interval(secs => ${viewSeconds})
      and exists (select from prescriptions.upload where upload.id = upload_id and state = 'ready'
        and forgotten_at is null)`.execute(db)
  return rows[0]
}
