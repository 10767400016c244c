import { sql } from 'kysely'

/**
 * The places of `count`: positions of its store within its bin or medicine, beside the newest number counted there
 * (`last`). Needs `stock.count` in the same from-list before it; a place counts when goods lie there or were counted.
 */
export const countPlaces = sql`
  join stock.balance on balance.store_id = count.store_id and balance.state <> 'in_transit'
    and (count.bin is null or balance.bin = count.bin)
  join stock.batch on batch.id = balance.batch_id and (count.pack_id is null or batch.pack_id = count.pack_id)
  left join lateral (
    select id, units, ledger_units, counted_by, counted_at, reason, decision from stock.count_line
    where count_line.count_id = count.id and count_line.batch_id = balance.batch_id
      and count_line.state = balance.state and count_line.bin = balance.bin
    order by id desc limit 1
  ) as last on true`

/** True for a line whose difference another person has not decided yet. */
export const isWaiting = sql`
  coalesce(last.units <> last.ledger_units and last.decision is null, false)`
