import type { api, ReplyOf } from '@janta/contracts'
import { sql } from 'kysely'
import { isId } from '#kernel/id'
import type { Reader } from '#modules/catalogue'

const limitUsual = 20

/** Names customers looked for in vain, the most asked first; `cursor` is the `next` of the page before. */
export async function listMedicineRequests(
  db: Reader,
  query: { limit?: number | undefined; cursor?: string | undefined },
): Promise<ReplyOf<typeof api.listMedicineRequests>> {
  const limit = query.limit ?? limitUsual
  const after = readAfter(query.cursor)
  const { rows } = await sql<{ id: string; name: string; asked: number; lastAskedAt: Date }>`
    select id, name, asked, last_asked_at as "lastAskedAt" from search.medicine_request
    where ${after === null} or (asked, id) < (${after?.asked ?? 0}::integer, ${after?.id ?? null}::uuid)
    order by asked desc, id desc limit ${limit + 1}`.execute(db)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(row => ({ ...row, lastAskedAt: row.lastAskedAt.toISOString() })),
    next: rows.length > limit && last ? `${last.asked}.${last.id}` : null,
  }
}

/** A text that is no cursor starts from the first page. */
function readAfter(cursor: string | undefined): { asked: number; id: string } | null {
  const [asked = '', id = ''] = cursor?.split('.') ?? []
  return /^\d{1,9}$/.test(asked) && isId(id) ? { asked: Number(asked), id } : null
}
