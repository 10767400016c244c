import type { PhotoFault } from '@janta/contracts'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'

/** Writes what became of a picture that waited. One that was finished before stays as it is. */
export async function finishPhoto(
  database: Database,
  outcome: { id: string } & ({ fault: PhotoFault } | { width: number; height: number }),
): Promise<void> {
  const isRefused = 'fault' in outcome
  await inTransaction(database, systemCaller('finish-photo'), async tx => {
    await sql`
      update catalogue.photo set state = ${isRefused ? 'refused' : 'ready'},
        refusal = ${isRefused ? outcome.fault : null}, width = ${isRefused ? null : outcome.width}::integer,
        height = ${isRefused ? null : outcome.height}::integer, changed_at = kernel.now()
      where id = ${outcome.id} and state = 'awaiting'`.execute(tx)
  })
}
