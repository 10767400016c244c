import type { MyQuestion, ReviewQuestion } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { findNames } from '#modules/identity'
import { Refusal } from '#kernel/refusal'

const questionsMax = 50

interface MineFound extends Omit<MyQuestion, 'askedAt'> {
  readonly askedAt: Date
}

/** What was asked at a review, in the order it was. */
export async function findReviewQuestions(db: Reader, reviewId: string): Promise<ReviewQuestion[]> {
  const { rows } = await sql<
    Omit<ReviewQuestion, 'askedAt' | 'answeredAt' | 'askedBy'> & {
      askedBy: string
      askedAt: Date
      answeredAt: Date | null
    }
  >`
    select id, code, words, asked_by as "askedBy", asked_at as "askedAt", answer, answered_at as "answeredAt"
    from prescriptions.review_question where review_id = ${reviewId} order by id limit ${questionsMax}`.execute(
    db,
  )
  if (rows.length === 0) return []
  const names = await findNames(db, [...new Set(rows.map(row => row.askedBy))])
  return rows.map(row => ({
    ...row,
    askedBy: names.get(row.askedBy) ?? null,
    askedAt: row.askedAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
  }))
}

/** What a person was asked, the newest first; no pharmacist is named. */
export async function findMyQuestions(db: Reader, personId: string): Promise<MyQuestion[]> {
  return findMine(db, personId, null)
}

/** One question to this person; refuses `not_found`. */
export async function findMyQuestion(
  db: Reader,
  personId: string,
  id: string,
): Promise<MyQuestion> {
  const [found] = await findMine(db, personId, id)
  if (!found) throw new Refusal('not_found', 'There is no such question for you.')
  return found
}

async function findMine(db: Reader, personId: string, id: string | null): Promise<MyQuestion[]> {
  const { rows } = await sql<MineFound>`
    select question.id, review.order_id as "orderId", question.code, question.words, question.asked_at as "askedAt",
      question.answer
    from prescriptions.review_question as question
    join prescriptions.review on review.id = question.review_id
    where review.person_id = ${personId} and (${id}::uuid is null or question.id = ${id}::uuid)
    order by question.id desc limit ${questionsMax}`.execute(db)
  return rows.map(row => ({ ...row, askedAt: row.askedAt.toISOString() }))
}
