import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { readyQuestionCodes } from './prescription-reasons.ts'
import { Id, Instant, oneOf } from './shapes.ts'

const closed = { additionalProperties: false }
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])

const mine = { tag: 'prescriptions', permission: 'signed_in', ownership: 'person' } as const

/** A question as the customer reads it. */
export const MyQuestion = Type.Object({
  id: Id,
  orderId: Id,
  code: oneOf(readyQuestionCodes),
  words: orNull(Type.String()),
  askedAt: Instant,
  answer: orNull(Type.String()),
})
export type MyQuestion = Static<typeof MyQuestion>

export const listMyQuestions = endpoint({
  ...mine,
  method: 'GET',
  path: '/prescription-questions',
  summary: 'What the pharmacist asked me, newest first',
  status: 200,
  audit: 'none',
  reply: Type.Object({ items: Type.Array(MyQuestion) }),
  refusals: ['sign_in_needed'],
})

export const answerQuestion = endpoint({
  ...mine,
  method: 'POST',
  path: '/prescription-questions/:id/answer',
  summary: 'Answer the pharmacist; the review goes on',
  status: 201,
  audit: 'prescriptions.question_answered',
  params: Type.Object({ id: Id }),
  body: Type.Object({ answer: Type.String({ minLength: 1, maxLength: 500 }) }, closed),
  reply: MyQuestion,
  refusals: ['malformed_request', 'sign_in_needed', 'not_found', 'question_answered'],
})

/** The endpoints of this file by operation id. */
export const prescriptionsQuestions = { listMyQuestions, answerQuestion }
