-- What may be issued, and the one way to reserve it.

-- The only place that says whether units of a batch may be issued: null, or the code of the first reason against it.
-- `life_days` is how long they must still be good for: the store's policy for a new order, 0 for packs already promised.
create function stock.why_not_issuable(state text, expires_on date, on_day date, life_days integer)
  returns text language sql immutable parallel safe
  return case
    when state = 'recalled' then 'recalled'
    when expires_on < on_day then 'expired'
    when state = 'quarantine' then 'quarantined'
    when state = 'damaged' then 'damaged'
    when state = 'not_for_sale' then 'not_for_sale'
    when expires_on < on_day + life_days then 'short_dated'
  end;

-- The lock order of every writer of stock, written once: pack, first expiry, first receipt, batch. Whoever means to
-- touch several balances, or a hold on one, takes these locks first; then nobody waits in a circle.
create function stock.lock_balances(batches uuid[]) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  perform from stock.balance join stock.batch on batch.id = balance.batch_id
  where balance.batch_id = any(batches)
  order by batch.pack_id, batch.expires_on, batch.received_at, batch.id, balance.store_id
  for no key update of balance;
end $$;

-- Frees the holds on these batches that ended by now. Returns how many it freed.
create function stock.release_lapsed(batches uuid[], request text) returns integer
  language plpgsql as $$
declare
  freed integer;
begin
  perform stock.lock_balances(batches);
  with ended as (
    update stock.reservation set state = 'released', ended_at = kernel.now()
    where batch_id = any(batches) and state = 'held' and expires_at <= kernel.now()
    returning cause_id, batch_id, store_id, units
  )
  insert into stock.movement
    (batch_id, store_id, kind, on_hand_delta, reserved_delta, cause_kind, cause_id, request_id, note)
  select batch_id, store_id, 'released', 0, -units, 'order', cause_id, request, 'the hold ended'
  from ended;
  get diagnostics freed = row_count;
  return freed;
end $$;

-- Reserves whole packs for a cause, first expiry first, all lines or none, in one round trip. Answers a value, never an
-- error (an error would cost the caller its connection):
--   {"outcome": "reserved", "picks": [{"packId", "batchId", "packs", "units", "mrpPaise"}, ...]}
--   {"outcome": "out_of_stock", "packId", "shortPacks"}   {"outcome": "busy"}
-- Lines are summed per pack and walked in the lock order, forward only: a batch that became free behind the walk is
-- left to the next customer rather than locked out of order. The batch is read without a lock and taken by the
-- movement's guarded update, which was measured faster than locking first.
create function stock.reserve(
  store uuid, cause uuid, packs uuid[], quantities integer[], until timestamptz, actor uuid, request text
) returns jsonb language plpgsql as $$
declare
  lost_races_max constant integer := 50;
  today constant date := kernel.today();
  life_days constant integer := (select min_life_days from stock.store as s where s.id = store);
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
  picks jsonb := '[]';
  refused jsonb;
begin
  for line in
    select wanted.pack_id, sum(wanted.quantity)::integer as quantity
    from unnest(packs, quantities) as wanted (pack_id, quantity)
    group by wanted.pack_id order by wanted.pack_id
  loop
    needed := line.quantity;
    passed_expiry := '-infinity';
    passed_receipt := '-infinity';
    passed_id := '00000000-0000-0000-0000-000000000000';
    while needed > 0 loop
      select batch.id, batch.expires_on, batch.received_at, batch.units_per_pack, batch.mrp_paise,
        balance.on_hand - balance.reserved as free, lapsed.units as lapsed
      into found_batch
      from stock.batch
      join stock.balance on balance.batch_id = batch.id and balance.store_id = store
      cross join lateral (
        select coalesce(sum(reservation.units), 0)::integer as units from stock.reservation
        where reservation.batch_id = batch.id and reservation.store_id = store
          and reservation.state = 'held' and reservation.expires_at <= kernel.now()
      ) as lapsed
      where batch.pack_id = line.pack_id
        and (batch.expires_on, batch.received_at, batch.id) > (passed_expiry, passed_receipt, passed_id)
        and balance.on_hand - balance.reserved + lapsed.units >= batch.units_per_pack
        and stock.why_not_issuable(batch.state, batch.expires_on, today, life_days) is null
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
        where balance.batch_id = found_batch.id and balance.store_id = store;
      end if;
      take := least(needed, free / found_batch.units_per_pack);
      taken := null;
      if take > 0 then
        insert into stock.movement
          (batch_id, store_id, kind, on_hand_delta, reserved_delta, cause_kind, cause_id, actor_id, request_id)
        values (found_batch.id, store, 'reserved', 0, take * found_batch.units_per_pack, 'order', cause, actor, request)
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
      insert into stock.reservation (cause_id, batch_id, store_id, pack_id, units, expires_at)
      values (cause, found_batch.id, store, line.pack_id, take * found_batch.units_per_pack, until);
      picks := picks || jsonb_build_object('packId', line.pack_id, 'batchId', found_batch.id, 'packs', take,
        'units', take * found_batch.units_per_pack, 'mrpPaise', found_batch.mrp_paise);
      needed := needed - take;
      passed_expiry := found_batch.expires_on;
      passed_receipt := found_batch.received_at;
      passed_id := found_batch.id;
    end loop;
  end loop;
  return jsonb_build_object('outcome', 'reserved', 'picks', picks);
exception when sqlstate 'JR409' then
  -- The block was rolled back: nothing this call took or freed remains, and its locks are gone.
  return refused;
end $$;
