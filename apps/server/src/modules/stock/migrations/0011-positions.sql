-- What lies where: a balance is one batch, in one store, in one state, in one bin. What concerns the whole batch
-- wherever it lies (a recall, a sample that is not for sale) is a hold on the batch, so one row blocks it everywhere.

alter table stock.store
  -- An order is promised to arrive within so many days; what the shop shows must still be good enough then.
  add column delivery_days integer not null default 5 check (delivery_days between 0 and 60),
  add column ships text[] not null default '{room,cool,cold,frozen}'
    check (ships <@ '{room,cool,cold,frozen}'::text[]);

alter table stock.batch add column hold text check (hold in ('recalled', 'not_for_sale', 'on_hold'));
update stock.batch set hold = state where state in ('recalled', 'not_for_sale');

drop view stock.discrepancy;

-- The history tells where each lot lay, as the batch said it so far; nothing that happened is rewritten.
alter table stock.movement disable trigger movement_append_only;
alter table stock.movement
  add column state text not null default 'sellable'
    check (state in ('sellable', 'loose', 'quarantine', 'damaged', 'expired', 'in_transit')),
  add column bin text not null default '' check (length(bin) <= 20);
update stock.movement set bin = batch.bin from stock.batch
where batch.id = movement.batch_id and batch.bin <> '';
alter table stock.movement enable trigger movement_append_only;

alter table stock.balance
  add column state text not null default 'sellable'
    check (state in ('sellable', 'loose', 'quarantine', 'damaged', 'expired', 'in_transit')),
  add column bin text not null default '' check (length(bin) <= 20);
update stock.balance set bin = batch.bin from stock.batch
where batch.id = balance.batch_id and batch.bin <> '';
alter table stock.balance
  drop constraint balance_pkey,
  add primary key (batch_id, store_id, state, bin),
  add constraint balance_reserved_is_sellable check (reserved = 0 or state = 'sellable');
create index balance_by_state on stock.balance (store_id, state) where state <> 'sellable' and on_hand > 0;

alter table stock.reservation add column bin text not null default '' check (length(bin) <= 20);
update stock.reservation set bin = batch.bin from stock.batch
where batch.id = reservation.batch_id and batch.bin <> '';

-- A cause is always one concrete thing: the receipt, order, count, recall, transfer ... of this id.
alter table stock.movement drop constraint movement_cause_kind_check, drop constraint movement_sign;
alter table stock.movement add constraint movement_cause check (cause_kind in ('receipt', 'order', 'count',
  'decision', 'recall', 'expiry', 'excursion', 'transfer', 'repack', 'supplier_return', 'destruction'));
-- Kinds that only move units between positions come in pairs, which `stock.unpaired_move` proves.
alter table stock.movement add constraint movement_sign check (case kind
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
  else false end);

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
    insert into stock.balance as position (batch_id, store_id, state, bin, on_hand)
      values (new.batch_id, new.store_id, new.state, new.bin, new.on_hand_delta)
      on conflict (batch_id, store_id, state, bin) do update
        set on_hand = position.on_hand + excluded.on_hand;
    return new;
  end if;
  raise exception 'batch % cannot bear % of % on hand, % reserved, in state %',
    new.batch_id, new.kind, new.on_hand_delta, new.reserved_delta, new.state
    using errcode = 'check_violation', constraint = 'balance_never_oversold';
end $$;

-- Lots that waited in quarantine or lay damaged as a whole are set apart now, save what was already promised.
with apart as (
  select balance.batch_id, balance.store_id, balance.bin, batch.state,
    balance.on_hand - balance.reserved as units
  from stock.balance join stock.batch on batch.id = balance.batch_id
  where batch.state in ('quarantine', 'damaged') and balance.on_hand > balance.reserved
)
insert into stock.movement (batch_id, store_id, state, bin, kind, on_hand_delta, reserved_delta, cause_kind, cause_id, request_id)
select apart.batch_id, apart.store_id, leg.state, apart.bin, 'quarantined', leg.units, 0, 'decision', apart.batch_id,
  'migration'
from apart cross join lateral (values ('sellable', -apart.units), (apart.state, apart.units)) as leg (state, units);

alter table stock.batch drop column state, drop column bin;

-- What must never have a row: a position that is not the sum of its movements, or reserved units nobody holds.
create view stock.discrepancy as
select batch_id, store_id, state, bin, balance.on_hand, balance.reserved,
  ledger.on_hand as ledger_on_hand, ledger.reserved as ledger_reserved, held.units as held_units
from stock.balance
full join (
  select batch_id, store_id, state, bin, sum(on_hand_delta) as on_hand, sum(reserved_delta) as reserved
  from stock.movement group by batch_id, store_id, state, bin
) as ledger using (batch_id, store_id, state, bin)
full join (
  select batch_id, store_id, 'sellable' as state, bin, sum(units) as units
  from stock.reservation where reservation.state = 'held' group by batch_id, store_id, bin
) as held using (batch_id, store_id, state, bin)
where balance.on_hand is distinct from ledger.on_hand
  or balance.reserved is distinct from ledger.reserved
  or coalesce(balance.reserved, 0) <> coalesce(held.units, 0);

-- What must never have a row either: units that left one position and arrived in none, or came from nowhere.
create view stock.unpaired_move as
select cause_id, batch_id, kind, sum(on_hand_delta) as units
from stock.movement where kind in ('quarantined', 'transferred', 'repacked')
group by cause_id, batch_id, kind having sum(on_hand_delta) <> 0;

grant select on stock.discrepancy, stock.unpaired_move to janta_app;
grant update (hold) on stock.batch to janta_app;
