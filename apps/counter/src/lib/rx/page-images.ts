import type { PageLink } from '@janta/contracts'
import { rx } from './api.ts'

const keptMax = 6

/**
 * Pages of prescriptions, fetched once and kept decoded while they may be shown again, so that the next one stands
 * there at once. Only in memory: nothing of a prescription is stored on the device.
 */
export class PageImages {
  readonly #kept = new Map<string, Promise<HTMLImageElement>>()
  readonly #asked = new Set<string>()
  #openings = 0

  /** The page as an element of its own; every fetch is on the customer's list of looks. */
  get(reviewId: string, uploadId: string, page: number): Promise<HTMLImageElement> {
    const key = keyOf(uploadId, page)
    const kept = this.#kept.get(key)
    if (kept) return kept
    return this.#keep(
      key,
      rx.viewReviewPage({ params: { id: reviewId }, body: { uploadId, page } }).then(decode),
    )
  }

  /**
   * Fetches a page of the review that will be opened next. The look at it is written when that review is opened, for
   * what was made ready by then: an answer that comes while one is opened is dropped and asked for again as a look.
   */
  async prepare(reviewId: string, uploadId: string, page: number): Promise<void> {
    const key = keyOf(uploadId, page)
    if (this.#kept.has(key) || this.#asked.has(key)) return
    const openings = this.#openings
    this.#asked.add(key)
    try {
      const link = await rx.prepareReviewPage({
        params: { id: reviewId },
        body: { uploadId, page },
      })
      if (openings === this.#openings && !this.#kept.has(key)) await this.#keep(key, decode(link))
    } finally {
      this.#asked.delete(key)
    }
  }

  /** A review is about to be opened: what is not ready by now is looked at in its own right. */
  opening(): void {
    this.#openings += 1
  }

  #keep(key: string, image: Promise<HTMLImageElement>): Promise<HTMLImageElement> {
    this.#kept.set(key, image)
    // A failed one is asked for again.
    image.catch(() => this.#kept.delete(key))
    for (const old of this.#kept.keys()) {
      if (this.#kept.size <= keptMax) break
      this.#kept.delete(old)
    }
    return image
  }
}

const keyOf = (uploadId: string, page: number): string => `${uploadId}/${page}`

async function decode({ urls }: PageLink): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = urls.screen ?? ''
  image.alt = ''
  await image.decode()
  return image
}
