import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { type Event, onceFor } from '#kernel/events'
import { inTransaction, type Tx } from '#kernel/transaction'
import { areaOf, orderHalfLifeDays } from './popularity.ts'

/** What an order says of demand: where to and which packs. Nothing of who. */
export interface OrderedPacks {
  readonly pin: string
  readonly packIds: readonly string[]
}

/** What the search asks of ordering, which it may not import: the composition root fills it. */
export type FindOrderedPacks = (tx: Tx, orderId: string) => Promise<OrderedPacks | undefined>

export const countOrderTask = 'search.count_order'
const orderMilli = 1_000

/**
 * Counts an order towards the popularity of its packs, everywhere and in its PIN's area, once however often the
 * event is delivered. What was counted before decays by its age first, so that a count is always as of now.
 */
export async function countOrder(
  database: Database,
  event: Event,
  findOrderedPacks: FindOrderedPacks,
): Promise<void> {
  const orderId = String(event.payload['orderId'])
  await inTransaction(database, systemCaller(countOrderTask), tx =>
    onceFor(tx, countOrderTask, event, async () => {
      const ordered = await findOrderedPacks(tx, orderId)
      if (ordered) await addOrder(tx, ordered)
    }),
  )
}

async function addOrder(tx: Tx, { pin, packIds }: OrderedPacks): Promise<void> {
  // In the order of the key, so that two orders of the same packs never wait for each other in a circle.
  await sql`
    insert into search.popularity (area, pack_id, weight_milli)
    select area, pack_id, ${orderMilli}::bigint
    from unnest(array['', ${areaOf(pin)}::text]) as areas (area),
      (select distinct pack_id from unnest(${packIds as string[]}::uuid[]) as given (pack_id)) as packs
    order by area, pack_id
    on conflict (area, pack_id) do update
      set weight_milli = round(popularity.weight_milli
          * power(0.5, extract(epoch from kernel.now() - popularity.counted_at) / (86400.0 * ${orderHalfLifeDays})))
          + excluded.weight_milli,
        counted_at = kernel.now(), written_in = pg_current_xact_id()`.execute(tx)
}
