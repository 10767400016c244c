import { sql } from 'kysely'
import type { Tx } from '#kernel/transaction'
import { isAlike, type Likeness, likenessOf, turned } from './upload-likeness.ts'
import type { MadePage } from './upload-pages.ts'

export interface Like {
  readonly earlierId: string
  readonly kind: 'same_file' | 'same_picture'
}

interface Candidate {
  readonly uploadId: string
  readonly bits: string
  readonly tone: Buffer
}

const sameFilesMax = 20
const candidatesMax = 200
const likesMax = 20

/**
 * What was sent before, by anybody, as the very same file or as the same picture (shrunk, saved again, turned by a
 * quarter): one prescription used several times is what the chemists complain of most. At most twenty of each.
 */
export async function findLikes(
  tx: Tx,
  sent: {
    readonly id: string
    readonly sha256: Buffer
    readonly pages: readonly Pick<MadePage, 'grey'>[]
  },
): Promise<readonly Like[]> {
  const { rows } = await sql<{ id: string }>`
    select id from prescriptions.upload
    where sha256 = ${sent.sha256} and state = 'ready' and forgotten_at is null and id <> ${sent.id}
    order by id desc limit ${sameFilesMax}`.execute(tx)
  const likes = new Map<string, Like['kind']>(rows.map(({ id }) => [id, 'same_file']))
  for (const { grey } of sent.pages) {
    const turns = turned(grey).map(likenessOf)
    for (const candidate of await findCandidates(tx, sent.id, turns)) {
      if (likes.size >= sameFilesMax + likesMax) break
      if (likes.has(candidate.uploadId)) continue
      if (turns.some(turn => isAlike(turn, candidate)))
        likes.set(candidate.uploadId, 'same_picture')
    }
  }
  return [...likes].map(([earlierId, kind]) => ({ earlierId, kind }))
}

/** Pages that agree in a whole band with one of the four turns, the newest first. */
async function findCandidates(
  tx: Tx,
  id: string,
  turns: readonly Likeness[],
): Promise<readonly Candidate[]> {
  const band = (at: 0 | 1 | 2 | 3) => turns.map(({ bands }) => bands[at])
  const { rows } = await sql<Candidate>`
    select upload_id as "uploadId", likeness::text as bits, tone from prescriptions.upload_page
    where (band_1 = any(${band(0)}::integer[]) or band_2 = any(${band(1)}::integer[])
        or band_3 = any(${band(2)}::integer[]) or band_4 = any(${band(3)}::integer[]))
      and upload_id <> ${id}
    order by upload_id desc, page limit ${candidatesMax}`.execute(tx)
  return rows
}
