import type { Review, Worksheet } from '@janta/contracts'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { claimReview } from './claim-review.ts'
import { decideReview } from './decide-review.ts'
import { findReview } from './find-review.ts'
import { saveReview } from './save-review.ts'

type Line = Worksheet['lines'][number]

/** Every line supplied as asked, each on the item of the first paper in its place. */
export function approvals(review: Review, more: Partial<Line> = {}): Line[] {
  return review.lines.map(({ line, askedPacks }, at) => ({
    line,
    verdict: 'approved',
    packs: askedPacks,
    code: null,
    note: null,
    item: { prescription: 0, item: at },
    ...more,
  }))
}

/** Takes a review, writes the worksheet, and answers it as it stands then. */
export async function saveFor(
  database: Database,
  caller: Caller,
  id: string,
  worksheet: { prescriptions: Worksheet['prescriptions']; lines?: Line[] },
): Promise<Review> {
  await claimReview(database, caller, { id, takeOver: false })
  const review = await findReview(database.db, caller, id)
  const lines = worksheet.lines ?? approvals(review)
  const { prescriptions } = worksheet
  await saveReview(database, caller, { id, version: review.version, prescriptions, lines })
  return findReview(database.db, caller, id)
}

/** The whole way of a paper without a fault: taken, written, settled. */
export async function settle(
  database: Database,
  caller: Caller,
  id: string,
  worksheet: { prescriptions: Worksheet['prescriptions']; lines?: Line[] },
): Promise<Review> {
  const { version } = await saveFor(database, caller, id, worksheet)
  await decideReview(database, caller, { id, version, overrides: [] })
  return findReview(database.db, caller, id)
}
