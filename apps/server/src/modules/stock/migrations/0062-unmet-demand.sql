-- What was asked for and could not be had for lack of stock. Nobody is kept with it: a pack, a number and a moment.
create table stock.unmet_demand (
  id bigint generated always as identity primary key,
  at timestamptz not null default kernel.now(),
  pack_id uuid not null,
  packs integer not null check (packs between 1 and 9999),
  asked_in text not null check (asked_in in ('cart', 'checkout'))
);
create index unmet_demand_by_time on stock.unmet_demand (at, pack_id);
grant select, insert, delete on stock.unmet_demand to janta_app;
