-- One store asks another for goods. What is sent is a transfer like any other; the request only says why it went.

create table stock.transfer_request (
  id uuid primary key,
  serial bigint generated always as identity unique,
  asking_store_id uuid not null references stock.store,
  asked_store_id uuid not null references stock.store,
  pack_id uuid not null,
  -- Base units.
  units integer not null check (units > 0),
  reason text not null check (length(reason) between 3 and 150),
  asked_at timestamptz not null default kernel.now(),
  asked_by uuid,
  -- After this moment nobody answers it any more; no job is needed for that.
  expires_at timestamptz not null,
  transfer_id uuid unique references stock.transfer,
  ended_as text check (ended_as in ('sent', 'declined', 'withdrawn')),
  ended_at timestamptz,
  ended_by uuid,
  end_reason text check (length(end_reason) between 3 and 150),
  check (asking_store_id <> asked_store_id),
  check ((ended_as is null) = (ended_at is null)),
  check (ended_as is not null or (ended_by is null and end_reason is null)),
  check ((ended_as is not distinct from 'sent') = (transfer_id is not null)),
  check (ended_as is distinct from 'declined' or end_reason is not null)
);
create index transfer_request_asking on stock.transfer_request (asking_store_id);
create index transfer_request_asked on stock.transfer_request (asked_store_id);
grant select, insert, update (transfer_id, ended_as, ended_at, ended_by, end_reason)
  on stock.transfer_request to janta_app;
