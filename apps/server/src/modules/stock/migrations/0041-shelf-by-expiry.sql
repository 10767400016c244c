-- What lies on the shelf is read by its expiry, and most batches of a ledger were used up years ago: each balance knows
-- the last day of its batch, so that the used-up ones are not read to be passed over.

alter table stock.balance add column expires_on date;
update stock.balance set expires_on = batch.expires_on from stock.batch where batch.id = balance.batch_id;
alter table stock.balance alter column expires_on set not null;
create index balance_shelf on stock.balance (store_id, expires_on, batch_id, state, bin) where on_hand > 0;

create or replace function stock.apply_movement() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  update stock.balance set
    on_hand = on_hand + new.on_hand_delta,
    reserved = reserved + new.reserved_delta
  where batch_id = new.batch_id and store_id = new.store_id and state = new.state and bin = new.bin
    and on_hand + new.on_hand_delta >= 0
    and reserved + new.reserved_delta between 0 and on_hand + new.on_hand_delta;
  if found then return new; end if;
  if new.kind = 'reserved' then return null; end if;
  if new.on_hand_delta > 0 then
    -- Two may open the same position at once; the second one adds to it.
    insert into stock.balance as position (batch_id, store_id, state, bin, on_hand, expires_on)
      select new.batch_id, new.store_id, new.state, new.bin, new.on_hand_delta, batch.expires_on
      from stock.batch where batch.id = new.batch_id
      on conflict (batch_id, store_id, state, bin) do update
        set on_hand = position.on_hand + excluded.on_hand;
    if found then return new; end if;
  end if;
  raise exception 'batch % cannot bear % of % on hand, % reserved, in state %',
    new.batch_id, new.kind, new.on_hand_delta, new.reserved_delta, new.state
    using errcode = 'check_violation', constraint = 'balance_never_oversold';
end $$;
