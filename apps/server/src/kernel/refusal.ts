import { type FieldProblem, type RefusalCode, type RefusalValues, refusals } from '@janta/contracts'

/**
 * A rule said no: an answer to give, not a fault to log. The sentence is shown to a person and says what to do
 * next; it carries no medicine name beside a person's and no personal data.
 */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly status: number
  readonly fields: readonly FieldProblem[]
  readonly retryAfterSeconds: number | undefined
  /** The numbers and names in the sentence, for screens that say it in another language. */
  readonly values: RefusalValues
  constructor(
    code: RefusalCode,
    sentence: string,
    more: {
      fields?: readonly FieldProblem[]
      retryAfterSeconds?: number
      values?: RefusalValues
    } = {},
  ) {
    super(sentence)
    this.name = 'Refusal'
    this.code = code
    this.status = refusals[code]
    this.fields = more.fields ?? []
    this.retryAfterSeconds = more.retryAfterSeconds
    this.values = more.values ?? {}
  }
}
