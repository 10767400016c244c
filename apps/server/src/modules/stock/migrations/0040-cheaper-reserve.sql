-- The same reservation at a third of its cost. Measured with one caller: the walk read every open hold of the shop where
-- the planner still believed there were few, each row asked the clock anew, and every line locked its batch's row twice
-- for foreign keys that the balance proves already.

-- A movement without a balance cannot be, and a balance has its batch; a hold is written only beside its movement.
alter table stock.movement drop constraint movement_batch_id_fkey;
alter table stock.reservation drop constraint reservation_batch_id_fkey;

-- Reserves whole packs for a cause, first expiry first, all lines or none, in one round trip. Answers a value, never an
-- error (an error would cost the caller its connection):
--   {"outcome": "reserved", "picks": [{"packId", "batchId", "packs", "units", "mrpPaise"}, ...]}
--   {"outcome": "out_of_stock", "packId", "shortPacks"}   {"outcome": "busy"}
-- Lines are summed per pack and walked in the lock order, forward only: a batch that became free behind the walk is
-- left to the next customer rather than locked out of order. The position is read without a lock and taken by the
-- movement's guarded update, which was measured faster than locking first. Whoever blocks a batch also moves its free
-- units out of 'sellable', so that a reservation that read the batch before then finds the position too small.
-- `courses` is the length of the treatment in days per line, null where nobody said; `delivered` null means the
-- store's usual promise.
create or replace function stock.reserve(
  store uuid, cause uuid, packs uuid[], quantities integer[], courses integer[], delivered date,
  until timestamptz, actor uuid, request text
) returns jsonb language plpgsql
-- Its plans are made once in a connection's life, perhaps while the tables are still empty: never a reading of all of
-- one, and never a sort in place of the index that has the order.
set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off
as $$
declare
  lost_races_max constant integer := 50;
  now_at constant timestamptz := kernel.now();
  today constant date := (now_at at time zone 'Asia/Kolkata')::date;
  policy_days integer;
  delivered_on date;
  ships text[];
  life_days integer;
  line record;
  found_batch record;
  needed integer;
  take integer;
  free integer;
  lost_races integer := 0;
  taken bigint;
  passed_expiry date;
  passed_receipt timestamptz;
  passed_id uuid;
  passed_bin text;
  picks jsonb := '[]';
  refused jsonb;
begin
  select s.min_life_days, coalesce(delivered, today + s.delivery_days), s.ships
  into policy_days, delivered_on, ships from stock.store as s where s.id = store;
  for line in
    select wanted.pack_id, sum(wanted.quantity)::integer as quantity, max(wanted.course) as course
    from unnest(packs, quantities, courses) as wanted (pack_id, quantity, course)
    group by wanted.pack_id order by wanted.pack_id
  loop
    needed := line.quantity;
    life_days := stock.life_needed(policy_days, line.course);
    passed_expiry := '-infinity';
    passed_receipt := '-infinity';
    passed_id := '00000000-0000-0000-0000-000000000000';
    passed_bin := '';
    while needed > 0 loop
      select batch.id, batch.expires_on, batch.received_at, batch.units_per_pack, batch.mrp_paise, balance.bin,
        balance.on_hand - balance.reserved as free, lapsed.units as lapsed
      into found_batch
      from stock.batch
      -- In the order of the key, so that the walk stays presorted and stops at the first position that fits.
      cross join lateral (
        select position.bin, position.state, position.on_hand, position.reserved from stock.balance as position
        where position.batch_id = batch.id and position.store_id = store and position.state = 'sellable'
        order by position.bin
      ) as balance
      -- Holds that ended matter only where too little else is free.
      cross join lateral (
        select case when balance.on_hand - balance.reserved >= needed * batch.units_per_pack then 0 else (
          select coalesce(sum(reservation.units), 0)::integer from stock.reservation
          where reservation.batch_id = batch.id and reservation.store_id = store and reservation.bin = balance.bin
            and reservation.state = 'held' and reservation.expires_at <= now_at) end as units
      ) as lapsed
      where batch.pack_id = line.pack_id
        and (batch.expires_on, batch.received_at, batch.id) >= (passed_expiry, passed_receipt, passed_id)
        and (batch.id <> passed_id or balance.bin > passed_bin)
        and balance.on_hand - balance.reserved + lapsed.units >= batch.units_per_pack
        and stock.why_not_issuable(batch.hold, balance.state, batch.expires_on, batch.storage_class, ships, today,
          delivered_on, life_days) is null
      order by batch.expires_on, batch.received_at, batch.id
      limit 1;
      if not found then
        refused := jsonb_build_object(
          'outcome', 'out_of_stock', 'packId', line.pack_id, 'shortPacks', needed);
        raise exception 'undo' using errcode = 'JR409';
      end if;
      free := found_batch.free;
      if found_batch.lapsed > 0 then
        perform stock.release_lapsed(array[found_batch.id], request);
        select balance.on_hand - balance.reserved into free from stock.balance
        where balance.batch_id = found_batch.id and balance.store_id = store and balance.state = 'sellable'
          and balance.bin = found_batch.bin;
      end if;
      take := least(needed, free / found_batch.units_per_pack);
      taken := null;
      if take > 0 then
        insert into stock.movement (at, batch_id, store_id, bin, kind, on_hand_delta, reserved_delta, cause_kind, cause_id,
          actor_id, request_id)
        values (now_at, found_batch.id, store, found_batch.bin, 'reserved', 0, take * found_batch.units_per_pack,
          'order', cause, actor, request)
        returning id into taken;
      end if;
      if taken is null then
        lost_races := lost_races + 1;
        if lost_races > lost_races_max then
          refused := '{"outcome": "busy"}';
          raise exception 'undo' using errcode = 'JR409';
        end if;
        continue;
      end if;
      insert into stock.reservation (cause_id, batch_id, store_id, bin, pack_id, units, expires_at)
      values (cause, found_batch.id, store, found_batch.bin, line.pack_id, take * found_batch.units_per_pack, until);
      picks := picks || jsonb_build_object('packId', line.pack_id, 'batchId', found_batch.id, 'packs', take,
        'units', take * found_batch.units_per_pack, 'mrpPaise', found_batch.mrp_paise);
      needed := needed - take;
      passed_expiry := found_batch.expires_on;
      passed_receipt := found_batch.received_at;
      passed_id := found_batch.id;
      passed_bin := found_batch.bin;
    end loop;
  end loop;
  return jsonb_build_object('outcome', 'reserved', 'picks', picks);
exception when sqlstate 'JR409' then
  -- The block was rolled back: nothing this call took or freed remains, and its locks are gone.
  return refused;
end $$;
