-- Where the pharmacy delivers, how fast and for how much. Addresses and hand-overs belong to ordering.

create table delivery.pin_code (
  pin text primary key check (pin ~ '^[1-9][0-9]{5}$'),
  district text not null,
  state text not null,
  -- Offices of this PIN lie in more than one district: the postal district may not be the revenue district.
  is_ambiguous boolean not null
);

create table delivery.store (
  id text primary key check (id ~ '^[a-z][a-z0-9_]{0,39}$'),
  name text not null,
  pin text not null check (pin ~ '^[1-9][0-9]{5}$'),
  district text not null,
  state text not null,
  is_serving boolean not null default true,
  is_sample boolean not null default false
);
create unique index store_serving on delivery.store (is_serving) where is_serving;

-- The longest prefix of the PIN decides, so that one office can be priced apart from its district.
create table delivery.lane (
  store_id text not null references delivery.store (id),
  pin_prefix text not null check (pin_prefix ~ '^[1-9][0-9]{0,5}$'),
  delivers boolean not null default true,
  cash_on_delivery boolean not null,
  hours_min integer not null check (hours_min between 1 and 720),
  hours_max integer not null check (hours_max between 1 and 720),
  fee_paise bigint not null check (fee_paise between 0 and 1000000),
  free_above_paise bigint not null check (free_above_paise between 0 and 100000000),
  primary key (store_id, pin_prefix),
  check (hours_min <= hours_max)
);

grant usage on schema delivery to janta_app;
grant select, insert, update, delete on delivery.pin_code, delivery.lane to janta_app;
grant select, insert, update on delivery.store to janta_app;
