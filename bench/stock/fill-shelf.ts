import { randomUUID } from 'node:crypto'
import type { Scratch } from './scratch.ts'

/**
 * Puts packs with batches of rising expiry on the shelf of the default store, each through its movement. The packs are
 * ids alone, for the shelf asks the catalogue nothing. Returns them.
 */
export async function fillShelf(
  { owner }: Scratch,
  shelf: { packs: number; batches: number; packsPerBatch: number },
): Promise<string[]> {
  const packIds = Array.from({ length: shelf.packs }, () => randomUUID())
  const receiptId = randomUUID()
  await owner.query(
    `insert into stock.supplier (id, name, name_key) values ('01900000-0000-7000-8000-00000000beef', 'Bench', 'BENCH')
    on conflict do nothing`,
  )
  await owner.query(
    `insert into stock.receipt (id, store_id, supplier_id, bill_number, bill_key)
    select $1::uuid, id, '01900000-0000-7000-8000-00000000beef', left($1::uuid::text, 30), upper(left($1::uuid::text, 30))
    from stock.store where is_default`,
    [receiptId],
  )
  await owner.query(
    `with lot as (
      insert into stock.batch (id, pack_id, receipt_id, batch_number, expiry_month, mrp_paise, units_per_pack)
      select gen_random_uuid(), pack_id, $1::uuid, 'B' || place, to_char(date '2097-01-01' + make_interval(months => place),
        'YYYY-MM'), 10000, 10
      from unnest($2::uuid[]) as pack_id, generate_series(1, $3::integer) as place
      returning id
    )
    insert into stock.movement (batch_id, store_id, kind, on_hand_delta, reserved_delta, cause_kind, cause_id, request_id)
    select lot.id, store.id, 'received', $4::integer * 10, 0, 'receipt', $1::uuid, 'bench'
    from lot, stock.store where is_default`,
    [receiptId, packIds, shelf.batches, shelf.packsPerBatch],
  )
  await owner.query('analyze stock.batch, stock.balance, stock.movement, stock.reservation')
  return packIds
}
