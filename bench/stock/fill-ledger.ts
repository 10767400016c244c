import type { Scratch } from './scratch.ts'

export interface LedgerSize {
  readonly packs: number
  readonly batches: number
  readonly movements: number
  readonly orders: number
}

// Indexes are built once over all rows: kept up row by row they took most of the fill.
const setIndexesAside = [
  `create temporary table bench_index as
    select indexname as name, indexdef as definition from pg_indexes
    where schemaname = 'stock' and tablename = 'movement' and indexname <> 'movement_pkey'`,
  `do $$ declare one record; begin
    for one in select name from bench_index loop execute format('drop index stock.%I', one.name); end loop;
  end $$`,
]
const buildIndexes = `do $$ declare one record; begin
  for one in select definition from bench_index loop execute one.definition; end loop;
end $$`

/**
 * Years of an invented shop, written by SQL: every batch received, sold in small orders, and two fifths of them still
 * on the shelf. The trigger that moves balances is off meanwhile; the balances are then added up from the ledger, and
 * the discrepancy view says whether they agree.
 */
export async function fillLedger({ owner }: Scratch, size: LedgerSize): Promise<void> {
  const perBatch = Math.floor(size.movements / size.batches)
  const statements = [
    // Nobody waits for one row of the fill to reach the disk, and its sorts have the memory a fill may have.
    'set synchronous_commit = off',
    `set work_mem = '256MB'`,
    `set maintenance_work_mem = '512MB'`,
    `create temporary table bench_pack as
      select gen_random_uuid() as id, place from generate_series(1, ${size.packs}) as place`,
    `insert into catalogue.medicine (name, name_key, kind, form, composition, composition_state, hsn, is_sample, source)
      select 'Bench ' || place, 'bench ' || place, 'device', 'tablet', '', 'stated', '30049099', true, 'bench'
      from bench_pack`,
    `insert into catalogue.pack (id, medicine_id, pack_key, label, base_unit, units_per_pack, mrp_paise, price_paise)
      select bench_pack.id, medicine.id, bench_pack.id, 'strip of 10 tablets', 'tablet', 10, 10000, 9000
      from bench_pack join catalogue.medicine on medicine.name_key = 'bench ' || place`,
    `insert into stock.supplier (id, name, name_key)
      select gen_random_uuid(), 'Bench ' || place, 'BENCH ' || place from generate_series(1, 20) as place`,
    `create temporary table bench_receipt as select gen_random_uuid() as id, place, kernel.now()
      - make_interval(days => 1095) * (1 - place / ${size.batches / 40}.0) as at
      from generate_series(1, ${size.batches / 40}) as place`,
    `insert into stock.receipt (id, store_id, supplier_id, bill_number, bill_key, received_at)
      select bench_receipt.id, store.id, (select id from stock.supplier order by id limit 1), place::text, place::text, at
      from bench_receipt, stock.store where is_default`,
    `create temporary table bench_batch as
      select gen_random_uuid() as id, place, (select id from bench_pack where bench_pack.place = 1 + one.place % ${size.packs}) as pack_id
      from generate_series(1, ${size.batches}) as one(place)`,
    `insert into stock.batch (id, pack_id, receipt_id, batch_number, expiry_month, mrp_paise, purchase_rate_paise,
        units_per_pack, received_at)
      select bench_batch.id, pack_id, bench_receipt.id, 'B' || bench_batch.place,
        to_char(bench_receipt.at + make_interval(days => 200 + bench_batch.place % 700), 'YYYY-MM'), 10000, 7000, 10,
        bench_receipt.at
      from bench_batch join bench_receipt on bench_receipt.place = 1 + (bench_batch.place - 1) / 40`,
    'alter table stock.movement disable trigger movement_moves_balance',
    ...setIndexesAside,
    `insert into stock.movement (at, batch_id, store_id, kind, on_hand_delta, reserved_delta, cause_kind, cause_id, request_id)
      select batch.received_at, batch.id, store.id, 'received', ${perBatch * 10}, 0, 'receipt', batch.receipt_id, 'bench'
      from stock.batch, stock.store where is_default order by batch.received_at`,
    // Sold over the 120 days after receipt; the newest fifth half sold, and of every fourth older one a strip is left.
    `insert into stock.movement (at, batch_id, store_id, kind, on_hand_delta, reserved_delta, cause_kind, cause_id, request_id)
      select least(batch.received_at + make_interval(days => 1) * (turn * 120.0 / ${perBatch}), kernel.now()), batch.id,
        store.id, 'issued', case when bench_batch.place > ${size.batches * 0.8} then -5
          when turn = 1 and bench_batch.place % 4 <> 0 then -20 else -10 end, 0, 'order',
        gen_random_uuid(), 'bench'
      from stock.batch join bench_batch on bench_batch.id = batch.id, stock.store, generate_series(1, ${perBatch - 1}) as turn
      where is_default order by 1`,
    buildIndexes,
    `insert into stock.balance (batch_id, store_id, state, bin, on_hand, reserved, expires_on)
      select batch_id, store_id, movement.state, movement.bin, sum(on_hand_delta), sum(reserved_delta), min(batch.expires_on)
      from stock.movement join stock.batch on batch.id = batch_id group by 1, 2, 3, 4`,
    'alter table stock.movement enable trigger movement_moves_balance',
    ...orders(size),
    'reset work_mem',
    'reset synchronous_commit',
    'vacuum (analyze) stock.movement',
    'vacuum (analyze) stock.balance',
    'vacuum (analyze) stock.batch',
    'vacuum (analyze) dispensing.dispensing',
    'vacuum (analyze) ordering."order"',
    'analyze catalogue.pack',
    'analyze catalogue.medicine',
    'analyze stock.receipt',
    'analyze stock.supplier',
  ]
  for (const statement of statements) await owner.query(statement)
}

/** Orders of one line each; a hundredth of them got the one batch that is recalled, the oldest. */
function orders(size: LedgerSize): string[] {
  return [
    `create temporary table bench_order as
      select gen_random_uuid() as id, gen_random_uuid() as cart_id, gen_random_uuid() as person_id, place
      from generate_series(1, ${size.orders}) as place`,
    `insert into ordering.cart (id, person_id, state) select cart_id, person_id, 'ordered' from bench_order`,
    `insert into ordering."order" (id, person_id, cart_id, cart_version, state, held_until, promised_from, promised_by,
        store_id, items_paise, delivery_fee_paise, payment_method, packs, recipient_name, mobile, line1, city, pin,
        district, region)
      select bench_order.id, person_id, cart_id, 'bench', 'delivered', kernel.now(), kernel.now(), kernel.now(), store.id,
        9000, 0, 'cash_on_delivery', 1, 'Sunita Sample', '+919000000001', '12 Invented Lane', 'Indore', '452001',
        'Indore', 'Madhya Pradesh'
      from bench_order, stock.store where is_default`,
    `insert into dispensing.dispensing (id, order_id, order_line, pack_id, batch_id, batch_number, expiry_month, packs,
        units, mrp_paise, price_paise, packed_by, request_id)
      select gen_random_uuid(), bench_order.id, 1, batch.pack_id, batch.id, batch.batch_number, batch.expiry_month, 1, 10,
        10000, 9000, gen_random_uuid(), 'bench'
      from bench_order
      join bench_batch on bench_batch.place = case when bench_order.place % 100 = 0 then 1
        else 2 + bench_order.place % ${size.batches - 2} end
      join stock.batch on batch.id = bench_batch.id`,
  ]
}
