import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'

/**
 * Writes the customer's answer; once nothing is left to answer the review waits for a pharmacist again. Refuses
 * `not_found` for somebody else's question, `question_answered` for one answered before or whose review is over.
 */
export async function answerQuestion(
  database: Database,
  caller: Caller,
  given: { readonly id: string; readonly answer: string },
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    // The review first, as the desk locks it.
    const { rows } = await sql<{ id: string; orderId: string; state: string }>`
      select review.id, review.order_id as "orderId", review.state from prescriptions.review
      where person_id = ${caller.personId}::uuid
        and id = (select review_id from prescriptions.review_question where id = ${given.id})
      for update`.execute(tx)
    const [review] = rows
    if (!review) throw new Refusal('not_found', 'There is no such question for you.')
    const { rows: answered } = await sql`
      update prescriptions.review_question set answer = ${given.answer.trim()}, answered_at = kernel.now()
      where id = ${given.id} and answer is null returning id`.execute(tx)
    if (answered.length === 0 || review.state === 'decided' || review.state === 'withdrawn') {
      throw new Refusal('question_answered', 'This question is settled. Nothing more is needed.')
    }
    await sql`
      update prescriptions.review set state = 'open', version = version + 1
      where id = ${review.id} and state = 'needs_info' and not exists (
        select from prescriptions.review_question where review_id = ${review.id} and answer is null)`.execute(
      tx,
    )
    const news = { orderId: review.orderId, reviewId: review.id }
    await emit(tx, caller, 'prescriptions.question_answered', news)
    return { id: given.id }
  })
}
