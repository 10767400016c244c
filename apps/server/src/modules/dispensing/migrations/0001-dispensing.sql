-- What left the shelf for whom, from which batch. Registers are read from these rows, so they never change:
-- a mistake is corrected by another row.

create table dispensing.dispensing (
  id uuid primary key,
  order_id uuid not null,
  order_line integer not null check (order_line between 1 and 50),
  pack_id uuid not null,
  batch_id uuid not null,
  -- Frozen as printed on the pack, whatever is later corrected in the stock book.
  batch_number text not null,
  expiry_month text not null check (expiry_month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  packs integer not null check (packs between 1 and 99),
  units integer not null check (units >= packs),
  mrp_paise bigint not null check (mrp_paise > 0),
  -- Charged for one pack: never above the printed MRP of this batch (DPCO 2013, para 26).
  price_paise bigint not null check (price_paise between 0 and mrp_paise),
  -- Why the pharmacist took another batch than the one reserved.
  reason text check (length(reason) between 1 and 200),
  packed_by uuid not null,
  packed_at timestamptz not null default kernel.now(),
  request_id text not null,
  unique (order_id, order_line, batch_id)
);
create index dispensing_by_batch on dispensing.dispensing (batch_id, packed_at);
create trigger dispensing_append_only before update or delete or truncate on dispensing.dispensing
  for each statement execute function kernel.refuse_change();

grant usage on schema dispensing to janta_app;
grant select, insert on dispensing.dispensing to janta_app;
