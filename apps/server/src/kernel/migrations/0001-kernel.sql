-- What every module stands on: time, events, idempotency. No business words here.

-- Database time, which a test may move with `alter database ... set janta.clock_offset`.
create function kernel.now() returns timestamptz language sql stable parallel safe
  as $$ select now() + coalesce(nullif(current_setting('janta.clock_offset', true), ''), '0')::interval $$;

-- The legal day: India keeps its books, expiries and registers in Asia/Kolkata, never in UTC.
create function kernel.today() returns date language sql stable parallel safe
  as $$ select (kernel.now() at time zone 'Asia/Kolkata')::date $$;

-- For tables whose rows are never changed: ledger, registers, invoices, audit. The application role does not own
-- them and so cannot disable the trigger.
create function kernel.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: write a correcting row instead', tg_table_name
    using errcode = 'insufficient_privilege';
end $$;

create table kernel.event (
  id uuid primary key,
  name text not null check (name ~ '^[a-z]+\.[a-z_]+$'),
  payload jsonb not null,
  actor_id uuid,
  request_id text not null,
  at timestamptz not null default kernel.now()
);
create index event_by_time on kernel.event (at);
create trigger event_append_only before update or delete or truncate on kernel.event
  for each statement execute function kernel.refuse_change();

create table kernel.subscription (
  event text not null,
  task text not null,
  primary key (event, task)
);

create table kernel.event_taken (
  task text not null,
  event_id uuid not null,
  at timestamptz not null default kernel.now(),
  primary key (task, event_id)
);

create table kernel.idempotency (
  scope text not null check (length(scope) <= 100),
  key uuid not null,
  request_hash bytea not null,
  answer jsonb,
  at timestamptz not null default kernel.now(),
  primary key (scope, key)
);
create index idempotency_by_time on kernel.idempotency (at);

grant usage on schema kernel to janta_app;
grant select, insert on kernel.event to janta_app;
grant select on kernel.subscription, kernel.migration to janta_app;
grant select, insert, delete on kernel.event_taken to janta_app;
grant select, insert, update, delete on kernel.idempotency to janta_app;
