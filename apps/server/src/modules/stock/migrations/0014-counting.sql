-- Counts of what lies where. A number is compared with the ledger of the moment it was counted, under the position's
-- lock, so sales before and after it disturb nothing; the difference, once approved, is a movement of its own.

create table stock.count (
  id uuid primary key,
  serial bigint generated always as identity unique,
  store_id uuid not null references stock.store,
  kind text not null check (kind in ('cycle', 'full')),
  is_blind boolean not null,
  bin text check (length(bin) between 1 and 20),
  opened_at timestamptz not null default kernel.now(),
  opened_by uuid not null
);
create index count_by_store on stock.count (store_id);

create table stock.count_line (
  id uuid primary key,
  count_id uuid not null references stock.count,
  batch_id uuid not null references stock.batch,
  state text not null,
  bin text not null,
  units integer not null check (units >= 0),
  ledger_units integer not null check (ledger_units >= 0),
  reason text check (reason in ('broken', 'lost', 'found', 'entered_wrongly', 'given_wrongly', 'theft_suspected', 'other')),
  counted_at timestamptz not null default kernel.now(),
  counted_by uuid not null,
  decision text check (decision in ('approved', 'rejected', 'recounted')),
  decided_at timestamptz,
  decided_by uuid,
  check (units = ledger_units or reason is not null),
  check ((decision is null) = (decided_at is null and decided_by is null)),
  constraint count_line_two_people check (decision is distinct from 'approved' or decided_by <> counted_by)
);
create index count_line_of_place on stock.count_line (count_id, batch_id, state, bin, id desc);
create index count_line_by_batch on stock.count_line (batch_id);

grant select, insert on stock.count, stock.count_line to janta_app;
grant update (decision, decided_at, decided_by) on stock.count_line to janta_app;
