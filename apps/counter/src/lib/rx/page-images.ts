import { rx } from './api.ts'

const keptMax = 6

/**
 * Pages of prescriptions, fetched once and kept decoded while they may be shown again, so that the next one stands
 * there at once. Only in memory: nothing of a prescription is stored on the device.
 */
export class PageImages {
  readonly #kept = new Map<string, Promise<HTMLImageElement>>()

  /** The page as an element of its own; every fetch is on the customer's list of looks. */
  get(reviewId: string, uploadId: string, page: number): Promise<HTMLImageElement> {
    const key = `${uploadId}/${page}`
    const kept = this.#kept.get(key)
    if (kept) return kept
    const fetched = load(reviewId, uploadId, page)
    this.#kept.set(key, fetched)
    // A failed one is asked for again.
    fetched.catch(() => this.#kept.delete(key))
    for (const old of this.#kept.keys()) {
      if (this.#kept.size <= keptMax) break
      this.#kept.delete(old)
    }
    return fetched
  }
}

async function load(reviewId: string, uploadId: string, page: number): Promise<HTMLImageElement> {
  const { urls } = await rx.viewReviewPage({ params: { id: reviewId }, body: { uploadId, page } })
  const image = new Image()
  image.src = urls.screen ?? ''
  image.alt = ''
  await image.decode()
  return image
}
