import assert from 'node:assert/strict'
import type { askCustomer as contract, RequestOf } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { lockClaimed } from './lock-review.ts'

type Question = RequestOf<typeof contract>['body'] & { readonly id: string }

/**
 * Asks the customer in a ready sentence, with further words where they are needed; the review waits for the answer and
 * anybody may take it up then. Refuses `question_empty` for "other" without words, and whatever `lockClaimed` does.
 */
export async function askCustomer(
  database: Database,
  caller: Caller,
  key: string,
  question: Question,
): Promise<{ id: string }> {
  const { personId } = caller
  assert(personId, 'a person asks')
  const words = question.words?.trim() || null
  if (question.code === 'other' && words === null) {
    throw new Refusal('question_empty', 'Write what you want to ask.')
  }
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `review.ask:${personId}`, key, request: question }, async () => {
      const review = await lockClaimed(tx, caller, { id: question.id })
      await sql`
        insert into prescriptions.review_question (id, review_id, code, words, asked_by)
        values (${newId()}, ${review.id}, ${question.code}, ${words}, ${personId})`.execute(tx)
      await sql`
        update prescriptions.review
        set state = 'needs_info', claimed_by = null, claimed_until = null, version = version + 1
        where id = ${review.id}`.execute(tx)
      const news = { orderId: review.orderId, reviewId: review.id }
      await emit(tx, caller, 'prescriptions.question_asked', news)
      return { id: review.id }
    }),
  )
}
