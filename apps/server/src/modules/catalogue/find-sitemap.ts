import { medicinePath, type SitemapPage } from '@janta/contracts'
import { sql } from 'kysely'
import { isId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { findPacks, type Reader } from './find-packs.ts'
import { isOffered } from './offering.ts'

const pageMax = 1_000
const firstId = '00000000-0000-0000-0000-000000000000'

/**
 * A page of what search engines may list: packs whose class the matrix shows with a price, with their one address
 * and the day anything about them changed. A page may hold fewer than were looked at, never more; `next` is null on
 * the last. Refuses `malformed_request` for a cursor that is none.
 */
export async function findSitemap(db: Reader, after: string | undefined): Promise<SitemapPage> {
  if (after !== undefined && !isId(after)) {
    throw new Refusal('malformed_request', 'This page address is broken. Begin the list again.')
  }
  const { rows } = await sql<{ id: string; changedOn: string }>`
    select pack.id, (greatest(pack.changed_at, medicine.changed_at) at time zone 'Asia/Kolkata')::date as "changedOn"
    from catalogue.pack join catalogue.medicine on medicine.id = pack.medicine_id
    where pack.id > ${after ?? firstId}::uuid order by pack.id limit ${pageMax}`.execute(db)
  const packs = await findPacks(
    db,
    rows.map(row => row.id),
  )
  const items = rows.flatMap(({ id, changedOn }) => {
    const pack = packs.get(id)
    const isShown = pack !== undefined && isOffered(pack.terms) && pack.showsPrice
    const isListed = isShown && !pack.isDiscontinued && pack.pricePaise !== null
    return isListed ? [{ path: medicinePath(pack), changedOn }] : []
  })
  return { items, next: rows.length === pageMax ? (rows.at(-1)?.id ?? null) : null }
}
