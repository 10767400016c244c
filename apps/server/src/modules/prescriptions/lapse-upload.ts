import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'

/** No file came for this form before its session was over. */
export async function lapseUpload(database: Database, id: string): Promise<void> {
  await inTransaction(database, systemCaller('lapse-upload'), async tx => {
    await sql`
      update prescriptions.upload set state = 'lapsed' where id = ${id} and state = 'awaiting'`.execute(
      tx,
    )
  })
}
