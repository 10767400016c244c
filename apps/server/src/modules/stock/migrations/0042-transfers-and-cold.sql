-- Goods between stores, and the temperatures they lie at.

create table stock.transfer (
  id uuid primary key,
  serial bigint generated always as identity unique,
  from_store_id uuid not null references stock.store,
  to_store_id uuid not null references stock.store,
  note text check (length(note) between 1 and 150),
  sent_at timestamptz not null default kernel.now(),
  sent_by uuid,
  received_at timestamptz,
  received_by uuid,
  check (from_store_id <> to_store_id)
);
create index transfer_from on stock.transfer (from_store_id);
create index transfer_to on stock.transfer (to_store_id);
create table stock.transfer_line (
  transfer_id uuid not null references stock.transfer,
  batch_id uuid not null references stock.batch,
  sent_units integer not null check (sent_units > 0),
  good_units integer check (good_units >= 0),
  damaged_units integer check (damaged_units >= 0),
  shortage_reason text check (shortage_reason in ('lost', 'broken_on_the_way', 'never_packed', 'theft_suspected')),
  primary key (transfer_id, batch_id),
  check ((good_units is null) = (damaged_units is null)),
  check (good_units + damaged_units <= sent_units),
  -- What is missing has a reason.
  check (good_units + damaged_units = sent_units or shortage_reason is not null)
);
create index transfer_line_by_batch on stock.transfer_line (batch_id);

create table stock.fridge (
  id uuid primary key,
  store_id uuid not null references stock.store,
  name text not null check (length(name) between 1 and 60),
  bin text not null check (length(bin) between 1 and 20),
  storage_class text not null check (storage_class in ('cool', 'cold', 'frozen')),
  -- Tenths of a degree Celsius.
  min_tenths integer not null check (min_tenths between -900 and 900),
  max_tenths integer not null check (max_tenths between -900 and 900 and max_tenths > min_tenths),
  constraint fridge_bin_once unique (store_id, bin)
);
create table stock.reading (
  id bigint generated always as identity primary key,
  fridge_id uuid not null references stock.fridge,
  read_at timestamptz not null,
  tenths integer not null check (tenths between -900 and 900),
  source text not null check (source in ('manual', 'import')),
  action text check (length(action) between 1 and 200),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  constraint reading_once unique (fridge_id, read_at)
);
create trigger reading_append_only before update or delete or truncate on stock.reading
  for each statement execute function kernel.refuse_change();

-- Readings outside the limits, from the first to a pharmacist's decision over what lay there.
create table stock.excursion (
  id uuid primary key,
  fridge_id uuid not null references stock.fridge,
  opened_at timestamptz not null default kernel.now(),
  first_read_at timestamptz not null,
  worst_tenths integer not null,
  min_tenths integer not null,
  max_tenths integer not null,
  decision text check (decision in ('release', 'write_off')),
  decided_at timestamptz,
  decided_by uuid,
  evidence text check (length(evidence) between 10 and 200),
  check ((decision is null) = (decided_at is null and decided_by is null and evidence is null))
);
create unique index excursion_open on stock.excursion (fridge_id) where decision is null;
create index excursion_by_fridge on stock.excursion (fridge_id);
create table stock.excursion_batch (
  excursion_id uuid not null references stock.excursion,
  batch_id uuid not null references stock.batch,
  -- The whole batch was stopped, because some of it in the fridge was promised to orders.
  is_held boolean not null,
  primary key (excursion_id, batch_id)
);
create index excursion_batch_by_batch on stock.excursion_batch (batch_id);

grant insert, update (name) on stock.store to janta_app;
grant select, insert, update (received_at, received_by) on stock.transfer to janta_app;
grant select, insert, update (good_units, damaged_units, shortage_reason) on stock.transfer_line to janta_app;
grant select, insert, update (name, bin, storage_class, min_tenths, max_tenths) on stock.fridge to janta_app;
grant select, insert on stock.reading to janta_app;
grant select, insert, update (worst_tenths, decision, decided_at, decided_by, evidence) on stock.excursion to janta_app;
grant select, insert, update (is_held) on stock.excursion_batch to janta_app;
