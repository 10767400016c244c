import { type CountHead, listMax } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { findNames } from '#modules/identity'
import { Refusal } from '#kernel/refusal'
import { countPlaces, isWaiting } from './count-places.ts'

interface HeadFound extends Pick<CountHead, 'id' | 'kind' | 'isBlind' | 'bin' | 'medicineId'> {
  serial: number
  openedAt: Date
  openedById: string
  closedAt: Date | null
  closedById: string | null
  places: number
  countedPlaces: number
  waiting: number
}

export const countNotFound = () =>
  new Refusal('not_found', 'There is no such count. Open it from the list, or begin one.')

const columns = sql`
  count.id, count.serial, count.kind, count.is_blind as "isBlind", count.bin, count.pack_id as "medicineId",
  count.opened_at as "openedAt", count.opened_by as "openedById", count.closed_at as "closedAt",
  count.closed_by as "closedById"`

/** How far each of these counts has come. Of one that ended, the places are those there were then. */
const progress = sql`
  select coalesce(count.places, count(*) filter (where balance.on_hand > 0 or last.id is not null))::integer as places,
    count(last.id)::integer as "countedPlaces", count(*) filter (where ${isWaiting})::integer as waiting
  from (select) as one ${countPlaces}`

/** Counts that go on first, then the newest; with the progress of each. */
export async function findCounts(
  db: Reader,
  limit: number | undefined,
): Promise<{ items: CountHead[] }> {
  const { rows } = await sql<HeadFound>`
    select ${columns}, progress.places, progress."countedPlaces", progress.waiting
    from (
      select id, serial, kind, is_blind, bin, pack_id, store_id, opened_at, opened_by, closed_at, closed_by, places
      from stock.count order by closed_at is not null, serial desc limit ${limit ?? listMax}
    ) as count
    cross join lateral (${progress}) as progress
    order by count.closed_at is not null, count.serial desc`.execute(db)
  return { items: await named(db, rows) }
}

/** One count with its progress; refuses `not_found`. */
export async function findCountHead(db: Reader, id: string): Promise<CountHead> {
  const { rows } = await sql<HeadFound>`
    select ${columns}, progress.places, progress."countedPlaces", progress.waiting
    from stock.count cross join lateral (${progress}) as progress
    where count.id = ${id}`.execute(db)
  const [head] = await named(db, rows)
  if (!head) throw countNotFound()
  return head
}

async function named(db: Reader, found: readonly HeadFound[]): Promise<CountHead[]> {
  const [packs, names] = await Promise.all([
    findPacks(db, [...new Set(found.flatMap(one => one.medicineId ?? []))]),
    findNames(db, [
      ...new Set(found.flatMap(one => [one.openedById, one.closedById ?? []].flat())),
    ]),
  ])
  return found.map(({ serial, openedAt, openedById, closedAt, closedById, ...one }) => ({
    ...one,
    number: `CNT-${serial}`,
    medicine: packs.get(one.medicineId ?? '')?.name ?? null,
    openedAt: openedAt.toISOString(),
    openedBy: names.get(openedById) ?? null,
    closedAt: closedAt?.toISOString() ?? null,
    closedBy: names.get(closedById ?? '') ?? null,
  }))
}
