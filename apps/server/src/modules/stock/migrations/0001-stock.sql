-- The shelf by batch and expiry. A balance changes in one way only: somebody inserts a movement.
-- Quantities are base units (tablets, millilitres, pieces); the shop reserves and sells whole packs.

create table stock.store (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  is_default boolean not null default false,
  -- A pack sold online must outlive its delivery and a course of treatment (Drugs Rules 65(17) is the floor).
  min_life_days integer not null default 90 check (min_life_days between 0 and 1000),
  cash_limit_paise bigint not null default 250000 check (cash_limit_paise between 0 and 9007199254740991)
);
create unique index store_default on stock.store (is_default) where is_default;
insert into stock.store (id, name, is_default)
  values ('01900000-0000-7000-8000-000000000001', 'Main store', true);

create table stock.supplier (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  -- Compared without case and outer spaces, so that one supplier is not entered as two.
  name_key text not null unique check (name_key = upper(btrim(name_key)))
);

create table stock.receipt (
  id uuid primary key,
  serial bigint generated always as identity unique,
  store_id uuid not null references stock.store,
  supplier_id uuid not null references stock.supplier,
  bill_number text not null check (length(bill_number) between 1 and 40),
  bill_key text not null check (bill_key = upper(btrim(bill_key))),
  received_at timestamptz not null default kernel.now(),
  received_by uuid,
  constraint receipt_bill_once unique (supplier_id, bill_key)
);
create index receipt_by_store on stock.receipt (store_id);

-- One lot of one pack under one bill. The same printed number may arrive twice at different MRPs, so lots are told
-- apart by id, never by what is printed.
create table stock.batch (
  id uuid primary key,
  pack_id uuid not null,
  receipt_id uuid not null references stock.receipt,
  -- The lot these goods were first sold from, when they came back and wait in quarantine.
  origin_batch_id uuid references stock.batch,
  batch_number text not null check (length(batch_number) between 1 and 30),
  batch_key text not null generated always as (upper(btrim(batch_number))) stored,
  manufactured_month text check (manufactured_month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  expiry_month text not null check (expiry_month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  -- "exp 11/2026" may be used through 30 November 2026.
  expires_on date not null generated always as (
    (make_date(left(expiry_month, 4)::integer, right(expiry_month, 2)::integer, 1)
      + interval '1 month' - interval '1 day')::date) stored,
  mrp_paise bigint not null check (mrp_paise between 1 and 9007199254740991),
  purchase_rate_paise bigint check (purchase_rate_paise between 0 and mrp_paise),
  units_per_pack integer not null check (units_per_pack between 1 and 100000),
  storage_class text not null default 'room'
    check (storage_class in ('room', 'cool', 'cold', 'frozen')),
  bin text not null default '' check (length(bin) <= 20),
  state text not null default 'sellable'
    check (state in ('sellable', 'quarantine', 'recalled', 'damaged', 'not_for_sale')),
  received_at timestamptz not null default kernel.now(),
  check (manufactured_month is null or manufactured_month <= expiry_month)
);
-- First expiry first, and the one order in which every writer locks balances.
create index batch_fefo on stock.batch (pack_id, expires_on, received_at, id);
create index batch_by_expiry on stock.batch (expires_on, id);
create index batch_by_receipt on stock.batch (receipt_id);
create index batch_by_origin on stock.batch (origin_batch_id);

-- Half-empty pages let the one hot row of a sell-out be rewritten in place, without touching an index.
create table stock.balance (
  batch_id uuid not null references stock.batch,
  store_id uuid not null references stock.store,
  on_hand integer not null,
  reserved integer not null default 0,
  primary key (batch_id, store_id),
  constraint balance_never_oversold check (on_hand >= 0 and reserved between 0 and on_hand)
) with (fillfactor = 70);
create index balance_by_store on stock.balance (store_id);

create table stock.movement (
  id bigint generated always as identity primary key,
  at timestamptz not null default kernel.now(),
  batch_id uuid not null references stock.batch,
  -- No key to the store: the balance has one, and a movement without a balance cannot be.
  store_id uuid not null,
  kind text not null,
  on_hand_delta integer not null,
  reserved_delta integer not null,
  cause_kind text not null check (cause_kind in ('receipt', 'order', 'count', 'decision')),
  cause_id uuid not null,
  actor_id uuid,
  request_id text not null,
  note text check (length(note) between 1 and 200),
  constraint movement_sign check (case kind
    when 'received' then on_hand_delta > 0 and reserved_delta = 0
    when 'reserved' then on_hand_delta = 0 and reserved_delta > 0
    when 'released' then on_hand_delta = 0 and reserved_delta < 0
    when 'issued' then on_hand_delta < 0 and reserved_delta in (0, on_hand_delta)
    when 'returned' then on_hand_delta > 0 and reserved_delta = 0
    when 'adjusted' then on_hand_delta <> 0 and reserved_delta = 0 and note is not null
    when 'quarantined' then on_hand_delta <> 0 and reserved_delta = 0
    when 'written_off' then on_hand_delta < 0 and reserved_delta = 0 and note is not null
    else false end)
);
create index movement_by_batch on stock.movement (batch_id, id);
create index movement_by_cause on stock.movement (cause_id);
create trigger movement_append_only before update or delete or truncate on stock.movement
  for each statement execute function kernel.refuse_change();

-- The only writer of balances. A reservation that finds too little left is a lost race, so its row is not inserted
-- and the caller, seeing none, reads again; any other movement the balance cannot bear is a bug and is refused.
create function stock.apply_movement() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  update stock.balance set
    on_hand = on_hand + new.on_hand_delta,
    reserved = reserved + new.reserved_delta
  where batch_id = new.batch_id and store_id = new.store_id
    and on_hand + new.on_hand_delta >= 0
    and reserved + new.reserved_delta between 0 and on_hand + new.on_hand_delta;
  if found then return new; end if;
  if new.kind = 'reserved' then return null; end if;
  if new.kind in ('received', 'returned') then
    insert into stock.balance (batch_id, store_id, on_hand)
      values (new.batch_id, new.store_id, new.on_hand_delta);
    return new;
  end if;
  raise exception 'batch % cannot bear % of % on hand, % reserved',
    new.batch_id, new.kind, new.on_hand_delta, new.reserved_delta
    using errcode = 'check_violation', constraint = 'balance_never_oversold';
end $$;
create trigger movement_moves_balance before insert on stock.movement
  for each row execute function stock.apply_movement();

-- A hold of one cause (an order) on one batch. It ends by comparison with now: from `expires_at` on its units count
-- as free everywhere, whether or not anybody has swept it up yet.
create table stock.reservation (
  id bigint generated always as identity primary key,
  cause_id uuid not null,
  batch_id uuid not null references stock.batch,
  store_id uuid not null,
  pack_id uuid not null,
  units integer not null check (units > 0),
  expires_at timestamptz not null,
  state text not null default 'held' check (state in ('held', 'released', 'issued')),
  ended_at timestamptz,
  check ((state = 'held') = (ended_at is null))
) with (fillfactor = 80);
create index reservation_by_cause on stock.reservation (cause_id);
create index reservation_held on stock.reservation (batch_id, expires_at) where state = 'held';
create index reservation_to_sweep on stock.reservation (expires_at) where state = 'held';

-- What must never have a row: a balance that is not the sum of its movements, or reserved units nobody holds.
create view stock.discrepancy as
select batch_id, store_id, balance.on_hand, balance.reserved,
  ledger.on_hand as ledger_on_hand, ledger.reserved as ledger_reserved, held.units as held_units
from stock.balance
full join (
  select batch_id, store_id, sum(on_hand_delta) as on_hand, sum(reserved_delta) as reserved
  from stock.movement group by batch_id, store_id
) as ledger using (batch_id, store_id)
full join (
  select batch_id, store_id, sum(units) as units
  from stock.reservation where state = 'held' group by batch_id, store_id
) as held using (batch_id, store_id)
where balance.on_hand is distinct from ledger.on_hand
  or balance.reserved is distinct from ledger.reserved
  or coalesce(balance.reserved, 0) <> coalesce(held.units, 0);

grant usage on schema stock to janta_app;
grant select on stock.store, stock.balance, stock.discrepancy to janta_app;
grant select, insert on stock.supplier, stock.receipt, stock.movement to janta_app;
grant select, insert, update (state, bin) on stock.batch to janta_app;
grant select, insert, update (state, ended_at, expires_at) on stock.reservation to janta_app;
