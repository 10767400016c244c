-- Recalls (CDSCO guideline 2012, version 2017): what was called back, whom it reached, and where every unit went.

create table recall.recall (
  id uuid primary key,
  serial bigint generated always as identity unique,
  recall_class text not null check (recall_class in ('I', 'II', 'III')),
  level text not null check (level in ('consumer', 'retail', 'wholesale')),
  source text not null check (length(source) between 1 and 200),
  reason text not null check (length(reason) between 1 and 200),
  -- A yearly drill: listed and timed like a real one, but nothing is blocked.
  is_mock boolean not null,
  pack_id uuid not null,
  opened_at timestamptz not null default kernel.now(),
  opened_by uuid not null,
  complete_by timestamptz not null,
  closed_at timestamptz,
  closed_by uuid,
  check ((closed_at is null) = (closed_by is null))
);

create table recall.batch (
  recall_id uuid not null references recall.recall,
  batch_id uuid not null,
  primary key (recall_id, batch_id)
);

-- What came of reaching a buyer, each try a row; the newest counts.
create table recall.contact (
  id uuid primary key,
  recall_id uuid not null references recall.recall,
  order_id uuid not null,
  outcome text not null check (outcome in ('told', 'not_reached', 'refuses', 'collected', 'refunded')),
  batch_id uuid,
  units integer check (units > 0),
  note text check (length(note) between 1 and 200),
  at timestamptz not null default kernel.now(),
  actor_id uuid,
  check ((batch_id is null) = (units is null))
);
create index contact_of_order on recall.contact (recall_id, order_id, id desc);
create trigger contact_append_only before update or delete or truncate on recall.contact
  for each statement execute function kernel.refuse_change();

create table recall.disposal (
  id uuid primary key,
  recall_id uuid not null references recall.recall,
  batch_id uuid not null,
  units integer not null check (units > 0),
  kind text not null check (kind in ('destroyed', 'sent_back')),
  note text not null check (length(note) between 1 and 200),
  at timestamptz not null default kernel.now(),
  actor_id uuid not null
);
create index disposal_of_recall on recall.disposal (recall_id, id);
create trigger disposal_append_only before update or delete or truncate on recall.disposal
  for each statement execute function kernel.refuse_change();

grant usage on schema recall to janta_app;
grant select, insert, update (closed_at, closed_by) on recall.recall to janta_app;
grant select, insert on recall.batch, recall.contact, recall.disposal to janta_app;
