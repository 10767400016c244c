import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'

export interface IdempotencyClaim {
  /** Whose key it is: the same UUID of another person is another key. */
  readonly scope: string
  readonly key: string
  /** Everything the request asked for; a reused key with another request is refused. */
  readonly request: unknown
}

/**
 * Does `work` once per key and answers the first answer to every repeat. A repeat that arrives while the first is
 * still running waits for it. When `work` throws, the transaction rolls back and the key is free again: a customer
 * told "out of stock" may press the same button after the shelf is filled.
 */
export async function once<T>(tx: Tx, claim: IdempotencyClaim, work: () => Promise<T>): Promise<T> {
  const claimed = await claimKey<T | null>(tx, claim, null)
  if (!claimed.isFirst) return claimed.answer as T
  const answer = await work()
  await sql`
    update kernel.idempotency set answer = ${JSON.stringify(answer)}::jsonb
    where scope = ${claim.scope} and key = ${claim.key}::uuid`.execute(tx)
  return answer
}

/**
 * As `once`, for an answer that is known before the work: one statement. Answers whether this is the first try, whose
 * work the caller then does in this transaction, and the first answer.
 */
export async function claimKey<T>(
  tx: Tx,
  claim: IdempotencyClaim,
  answer: T,
): Promise<{ isFirst: boolean; answer: T }> {
  const hash = createHash('sha256').update(JSON.stringify(claim.request)).digest()
  const known = answer === null ? null : JSON.stringify(answer)
  const { rows } = await sql`
    insert into kernel.idempotency (scope, key, request_hash, answer)
    values (${claim.scope}, ${claim.key}::uuid, ${hash}, ${known}::jsonb)
    on conflict do nothing returning key`.execute(tx)
  if (rows.length === 1) return { isFirst: true, answer }
  return { isFirst: false, answer: await replay<T>(tx, claim, hash) }
}

async function replay<T>(tx: Tx, claim: IdempotencyClaim, hash: Buffer): Promise<T> {
  const { rows } = await sql<{ same: boolean; answer: T }>`
    select request_hash = ${hash} as same, answer from kernel.idempotency
    where scope = ${claim.scope} and key = ${claim.key}::uuid`.execute(tx)
  const [first] = rows
  if (!first) throw new Refusal('conflict', 'The first try did not finish. Try again.')
  if (!first.same) {
    throw new Refusal(
      'idempotency_key_reused',
      'This form was already sent with other contents. Reload the page and try again.',
    )
  }
  return first.answer
}
