import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Files } from '#kernel/files'
import { eraseUpload } from './erase-upload.ts'
import { finishUpload } from './finish-upload.ts'
import { lapseUpload } from './lapse-upload.ts'
import { formSeconds, quarantineKey } from './upload-limits.ts'

const sweptMax = 500

/**
 * Tends files whose sender never said that they arrived: the network broke after the file, so one that lies in
 * quarantine is checked like any other; where none lies and the session is over, nothing can come any more.
 */
export async function sweepUploads(database: Database, files: Files): Promise<void> {
  const { rows } = await sql<{ id: string; isOver: boolean }>`
    select upload.id, ends_at + make_interval(secs => ${formSeconds}) <= kernel.now() as "isOver"
    from prescriptions.upload join prescriptions.upload_session session on session.id = session_id
    where state = 'awaiting' and created_at < kernel.now() - make_interval(secs => ${formSeconds})
    order by created_at limit ${sweptMax}`.execute(database.db)
  for (const { id, isOver } of rows) {
    const arrived = await files.of('quarantine').head(quarantineKey(id))
    if (arrived) await finishUpload(database, systemCaller('sweep-uploads'), id)
    else if (isOver) await lapseUpload(database, id)
  }
}

/** Erases the files whose time is over, the oldest first; what is left for tomorrow is older tomorrow. */
export async function eraseExpiredUploads(database: Database, files: Files): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from prescriptions.upload
    where forgotten_at is null and keep_until < kernel.today()
    order by keep_until, id limit ${sweptMax}`.execute(database.db)
  for (const { id } of rows) await eraseUpload(database, files, id)
}
