import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'

/**
 * Writes that nothing of a file is left; its row and the list of who looked at it stay. A file somebody began to use
 * meanwhile, or whose time was lengthened, is left alone.
 */
export async function recordErasedUpload(database: Database, id: string): Promise<void> {
  await inTransaction(database, systemCaller('record-erased-upload'), async tx => {
    const { rows } = await sql<{ id: string }>`
      update prescriptions.upload set forgotten_at = kernel.now()
      where id = ${id} and forgotten_at is null and keep_until < kernel.today() returning id`.execute(
      tx,
    )
    if (rows.length === 0) return
    await sql`delete from prescriptions.upload_page where upload_id = ${id}`.execute(tx)
    await sql`
      delete from prescriptions.upload_likeness where upload_id = ${id} or earlier_id = ${id}`.execute(
      tx,
    )
  })
}
