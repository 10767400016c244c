-- The books of a month as they were drawn up: asked for, and what came of it. Drawn up again, another row stands beside.
create table billing.period_run (
  id uuid primary key,
  gstin text not null,
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  asked_by uuid,
  asked_at timestamptz not null default kernel.now(),
  request_id text not null
);
create index period_run_by_month on billing.period_run (gstin, month, id desc);

create table billing.period_result (
  run_id uuid primary key references billing.period_run,
  finished_at timestamptz not null default kernel.now(),
  is_consistent boolean not null,
  summary jsonb not null,
  files jsonb not null
);

create trigger period_run_append_only before update or delete or truncate on billing.period_run
  for each statement execute function kernel.refuse_change();
create trigger period_result_append_only before update or delete or truncate on billing.period_result
  for each statement execute function kernel.refuse_change();

grant select, insert on billing.period_run, billing.period_result to janta_app;
