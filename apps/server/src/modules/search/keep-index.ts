import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Look } from '#kernel/look'
import { inTransaction, type Tx } from '#kernel/transaction'

/** What a kept index says of itself. */
export interface KeptIndex {
  readonly codeKey: string
  /** Everything seen here is in it. */
  readonly look: Look
  readonly packs: number
}

const keepLock = 'search.keep_index'

/**
 * Keeps an index for the next process that starts, in place of the one kept before by the same code; what other
 * releases kept goes a day later. One process writes at a time: another then leaves it, because both would keep the
 * same.
 */
export async function keepIndex(
  database: Database,
  kept: KeptIndex,
  parts: readonly Buffer[],
): Promise<void> {
  const sha256 = hashOf(parts)
  await inTransaction(database, systemCaller('keep-index'), async tx => {
    if (!(await isAlone(tx))) return
    await forgetBefore(tx, kept.codeKey)
    await sql`
      insert into search.kept_index (code_key, cluster, seen, today, packs, parts, sha256)
      select ${kept.codeKey}, system_identifier::text, ${kept.look.seen}, ${kept.look.today}::date, ${kept.packs},
        ${parts.length}, ${sha256}
      from pg_control_system()`.execute(tx)
    for (const [part, bytes] of parts.entries())
      await sql`
        insert into search.kept_index_part (code_key, part, bytes)
        values (${kept.codeKey}, ${part}, ${bytes})`.execute(tx)
  })
}

export function hashOf(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

async function isAlone(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ isAlone: boolean }>`
    select pg_try_advisory_xact_lock(hashtext(${keepLock})) as "isAlone"`.execute(tx)
  return rows[0]?.isAlone === true
}

async function forgetBefore(tx: Tx, codeKey: string): Promise<void> {
  await sql`
    with gone as (
      delete from search.kept_index
      where code_key = ${codeKey} or kept_at < kernel.now() - interval '1 day' returning code_key
    )
    delete from search.kept_index_part using gone where kept_index_part.code_key = gone.code_key`.execute(
    tx,
  )
}
