import type { overrideReasons, Review, ReviewHead, Worksheet } from '@janta/contracts'
import { PageImages } from './page-images.ts'
import { rx } from './api.ts'
import { type Sheet, sheetOf, worksheetOf } from './sheet.ts'

type Reason = (typeof overrideReasons)[number]

/** One review in a pharmacist's hands, and the next one made ready behind it. */
export class Desk {
  review = $state.raw<Review | null>(null)
  sheet = $state<Sheet | null>(null)
  at = $state(0)
  problem = $state.raw<unknown>(null)
  isBusy = $state(false)
  /** Reasons given for findings, by their keys. */
  reasons = $state<Record<string, Reason | undefined>>({})
  readonly images = new PageImages()
  #saving: Promise<boolean> | null = null
  /** The worksheet the server has, as it was sent. */
  #saved = ''

  /** Takes a review and shows it; a colleague's only when taken over. */
  async open(head: Pick<ReviewHead, 'id'>, takeOver = false): Promise<boolean> {
    await this.#saving
    return this.#act(async () => {
      this.images.opening()
      this.#show(await rx.claimReview({ params: { id: head.id }, body: { takeOver } }))
      this.reasons = {}
      this.at = 0
    })
  }

  /** Fetches the first page of the review that will be opened next. */
  async prepare(next: ReviewHead | undefined): Promise<void> {
    if (next?.firstUploadId) await this.images.prepare(next.id, next.firstUploadId, 1)
  }

  close(): void {
    this.review = null
    this.sheet = null
    this.problem = null
  }

  /**
   * Writes down what was read and said, unless the server has just that. Called as soon as every line is settled, too, so
   * that settling need not wait for it.
   */
  async save(): Promise<boolean> {
    await this.#saving
    const { review, sheet } = this
    if (!review || !sheet) return false
    const body: Worksheet = worksheetOf($state.snapshot(sheet), review.version)
    const said = JSON.stringify({ ...body, version: null })
    if (said === this.#saved && this.problem === null) return true
    this.#saving = this.#act(async () => {
      this.review = await rx.saveReview({ params: { id: review.id }, body })
      this.#saved = said
    })
    return this.#saving
  }

  /** Saves, and settles when nothing stands in the way; otherwise what stands there is shown. */
  async settle(): Promise<boolean> {
    if (!(await this.save())) return false
    const { review } = this
    if (!review || review.obstacles.length > 0) return false
    if (review.findings.some(finding => !this.reasons[finding.key])) return false
    const overrides = review.findings.flatMap(({ key }) => {
      const reason = this.reasons[key]
      return reason ? [{ key, reason, words: null }] : []
    })
    return this.#act(async () => {
      const body = { version: review.version, overrides }
      await rx.decideReview({ params: { id: review.id }, body })
    })
  }

  async ask(question: {
    code: Review['questions'][number]['code']
    words: string | null
  }): Promise<boolean> {
    const { review } = this
    if (!review) return false
    await this.save()
    return this.#act(async () => {
      const idempotencyKey = crypto.randomUUID()
      await rx.askCustomer({ params: { id: review.id }, body: question, idempotencyKey })
    })
  }

  async release(): Promise<void> {
    await this.#saving
    const { review } = this
    if (!review) return
    if (this.sheet?.lines.some(line => line.verdict !== null)) await this.save()
    await this.#act(async () => {
      await rx.releaseReview({ params: { id: review.id } })
    })
    this.close()
  }

  #show(review: Review): void {
    this.review = review
    this.sheet = sheetOf(review)
    this.#saved = ''
  }

  async #act(work: () => Promise<void>): Promise<boolean> {
    if (this.isBusy) return false
    this.isBusy = true
    this.problem = null
    try {
      await work()
      return true
    } catch (problem) {
      this.problem = problem
      return false
    } finally {
      this.isBusy = false
    }
  }
}
