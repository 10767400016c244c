-- A movement at a third of its cost. Measured in PostgreSQL's own time: each statement reads the text of every CHECK of
-- its table anew, and the one of a movement's signs alone took as long as the whole rest of the insert. In a function it
-- is read once in a connection's life. A balance is written by movements alone, so what they prove it need not.

create function stock.is_lawful(
  kind text, state text, bin text, cause_kind text, on_hand_delta integer, reserved_delta integer, note text
) returns boolean language plpgsql immutable parallel safe as $$
begin
  if state <> all ('{sellable,loose,quarantine,damaged,expired,in_transit}') or length(bin) > 20
    or length(note) not between 1 and 200
    -- A cause is always one concrete thing: the receipt, order, count, recall, transfer ... of this id.
    or cause_kind <> all ('{receipt,order,count,decision,recall,expiry,excursion,transfer,repack,supplier_return,'
      'destruction}')
  then return false; end if;
  -- Kinds that only move units between positions come in pairs, which `stock.unpaired_move` proves.
  return case kind
    when 'received' then on_hand_delta > 0 and reserved_delta = 0
    when 'reserved' then on_hand_delta = 0 and reserved_delta > 0
    when 'released' then on_hand_delta = 0 and reserved_delta < 0
    when 'issued' then on_hand_delta < 0 and reserved_delta in (0, on_hand_delta) and state in ('sellable', 'loose')
    when 'returned' then on_hand_delta > 0 and reserved_delta = 0
    when 'adjusted' then on_hand_delta <> 0 and reserved_delta = 0 and note is not null
    when 'quarantined' then on_hand_delta <> 0 and reserved_delta = 0
    when 'transferred' then on_hand_delta <> 0 and reserved_delta = 0
    when 'repacked' then on_hand_delta <> 0 and reserved_delta = 0
    when 'written_off' then on_hand_delta < 0 and reserved_delta = 0 and note is not null
    else false end;
end $$;
alter table stock.movement
  drop constraint movement_sign,
  drop constraint movement_cause,
  drop constraint movement_state_check,
  drop constraint movement_bin_check,
  drop constraint movement_note_check,
  add constraint movement_sign
    check (stock.is_lawful(kind, state, bin, cause_kind, on_hand_delta, reserved_delta, note));
alter table stock.balance
  drop constraint balance_state_check,
  drop constraint balance_bin_check,
  drop constraint balance_reserved_is_sellable,
  drop constraint balance_never_oversold,
  add constraint balance_never_oversold
    check (reserved >= 0 and on_hand >= reserved and (reserved = 0 or state = 'sellable'));

-- What `stock.reserve` does where a line does not fit in one position: lines are walked in the lock order, forward only: a
-- batch that became free behind the walk is left to the next customer rather than locked out of order.
create function stock.reserve_by_walking(
  store uuid, cause uuid, packs uuid[], quantities integer[], courses integer[], prices bigint[], delivered date,
  until timestamptz, actor uuid, request text
) returns jsonb language plpgsql
-- Its plans are made once in a connection's life, perhaps while the tables are still empty: never a reading of all of
-- one, and never a sort in place of the index that has the order.
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off
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
  is_cheaper boolean := false;
  refused jsonb;
begin
  select s.min_life_days, coalesce(delivered, today + s.delivery_days), s.ships
  into policy_days, delivered_on, ships from stock.store as s where s.id = store;
  for line in
    select wanted.pack_id, sum(wanted.quantity)::integer as quantity, max(wanted.course) as course,
      max(wanted.price) as price
    from unnest(packs, quantities, courses, prices) as wanted (pack_id, quantity, course, price)
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
      is_cheaper := is_cheaper or coalesce(found_batch.mrp_paise < line.price, false);
      needed := needed - take;
      passed_expiry := found_batch.expires_on;
      passed_receipt := found_batch.received_at;
      passed_id := found_batch.id;
      passed_bin := found_batch.bin;
    end loop;
  end loop;
  if is_cheaper then return '{"outcome": "cheaper"}'; end if;
  return jsonb_build_object('outcome', 'reserved', 'picks', picks);
exception when sqlstate 'JR409' then
  -- The block was rolled back: nothing this call took or freed remains, and its locks are gone.
  return refused;
end $$;

-- Reserves whole packs for a cause, first expiry first, all lines or none, in one round trip. Answers a value, never an
-- error (an error would cost the caller its connection):
--   {"outcome": "reserved", "picks": [{"packId", "batchId", "packs", "units", "mrpPaise"}, ...]}
--   {"outcome": "out_of_stock", "packId", "shortPacks"}   {"outcome": "busy"}
-- Lines are summed per pack. Nearly every one fits in the first position it may come from, so all are tried so at once,
-- in one statement, the movements and with them the locks last, in the order of all writers. Where one does not fit, or
-- somebody was quicker, nothing stays taken and the walk above begins anew. Positions are read without a lock and taken
-- by the movement's guarded update. Whoever blocks a batch also moves its free units out of 'sellable', so that a
-- reservation that read the batch before then finds the position too small.
-- `courses` is the length of the treatment in days per line, null where nobody said; `delivered` null means the store's
-- usual promise. `prices` is what a pack of each line is sold at, null where that does not matter: {"outcome": "cheaper"}
-- then says that a batch prints a lower MRP, with everything taken; the caller undoes it and lowers the price.
create function stock.reserve_as_priced(
  store uuid, cause uuid, packs uuid[], quantities integer[], courses integer[], prices bigint[], delivered date,
  until timestamptz, actor uuid, request text
) returns jsonb language plpgsql
-- Its plans are made once in a connection's life, perhaps while the tables are still empty: never a reading of all of
-- one, and never a sort in place of the index that has the order.
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off
as $$
declare
  now_at constant timestamptz := kernel.now();
  today constant date := (now_at at time zone 'Asia/Kolkata')::date;
  policy_days integer;
  delivered_on date;
  ships text[];
  picks jsonb;
  wanted_lines integer;
  fitting_lines integer;
  moved_lines integer;
  is_cheaper boolean;
begin
  select s.min_life_days, coalesce(delivered, today + s.delivery_days), s.ships
  into policy_days, delivered_on, ships from stock.store as s where s.id = store;
  with line as materialized (
    select wanted.pack_id, sum(wanted.quantity)::integer as quantity, max(wanted.course) as course,
      max(wanted.price) as price
    from unnest(packs, quantities, courses, prices) as wanted (pack_id, quantity, course, price) group by wanted.pack_id
  ), fit as materialized (
    select line.pack_id, line.quantity, line.price, first.batch_id, first.bin, first.mrp_paise,
      line.quantity * first.units_per_pack as units
    from line cross join lateral (
      select batch.id as batch_id, batch.units_per_pack, batch.mrp_paise, balance.bin, balance.free
      from stock.batch
      cross join lateral (
        select one.bin, one.state, one.on_hand - one.reserved as free from stock.balance as one
        where one.batch_id = batch.id and one.store_id = store and one.state = 'sellable'
        order by one.bin
      ) as balance
      where batch.pack_id = line.pack_id
        -- The first with a whole pack, or with a hold that ended: the walk then frees it.
        and (balance.free >= batch.units_per_pack or exists (
          select from stock.reservation
          where reservation.batch_id = batch.id and reservation.store_id = store and reservation.bin = balance.bin
            and reservation.state = 'held' and reservation.expires_at <= now_at))
        and stock.why_not_issuable(batch.hold, balance.state, batch.expires_on, batch.storage_class, ships, today,
          delivered_on, stock.life_needed(policy_days, line.course)) is null
      order by batch.expires_on, batch.received_at, batch.id
      limit 1
    ) as first
    where first.free >= line.quantity * first.units_per_pack
  ), held as (
    insert into stock.reservation (cause_id, batch_id, store_id, bin, pack_id, units, expires_at)
    select cause, batch_id, store, bin, pack_id, units, until from fit
    where (select count(*) from fit) = (select count(*) from line)
    returning 1
  ), moved as (
    insert into stock.movement (at, batch_id, store_id, bin, kind, on_hand_delta, reserved_delta, cause_kind, cause_id,
      actor_id, request_id)
    select now_at, batch_id, store, bin, 'reserved', 0, units, 'order', cause, actor, request
    from fit where (select count(*) from held) > 0
    order by pack_id
    returning 1
  )
  select (select count(*) from line), count(*), (select count(*) from moved),
    jsonb_agg(jsonb_build_object('packId', pack_id, 'batchId', batch_id, 'packs', quantity, 'units', units,
      'mrpPaise', mrp_paise)), coalesce(bool_or(mrp_paise < price), false)
  into wanted_lines, fitting_lines, moved_lines, picks, is_cheaper from fit;
  if moved_lines = wanted_lines then
    if is_cheaper then return '{"outcome": "cheaper"}'; end if;
    return jsonb_build_object('outcome', 'reserved', 'picks', picks);
  end if;
  if fitting_lines = wanted_lines then raise exception 'undo' using errcode = 'JR410'; end if;
  return stock.reserve_by_walking(store, cause, packs, quantities, courses, prices, delivered, until, actor, request);
exception when sqlstate 'JR410' then
  return stock.reserve_by_walking(store, cause, packs, quantities, courses, prices, delivered, until, actor, request);
end $$;

create or replace function stock.reserve(
  store uuid, cause uuid, packs uuid[], quantities integer[], courses integer[], delivered date,
  until timestamptz, actor uuid, request text
) returns jsonb language sql
  return stock.reserve_as_priced(store, cause, packs, quantities, courses, null, delivered, until, actor, request);
