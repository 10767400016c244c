-- What left the books by a person's decision, so that a mistake can be put right by a counter-movement, once.

create table stock.write_off (
  id uuid primary key,
  batch_id uuid not null references stock.batch,
  from_state text not null check (from_state in ('quarantine', 'damaged', 'expired')),
  units integer not null check (units > 0),
  reason text not null check (reason in ('expired', 'broken', 'spoiled', 'lost', 'other')),
  note text not null check (length(note) between 3 and 150),
  at timestamptz not null default kernel.now(),
  by_person uuid,
  undone_at timestamptz,
  undone_by uuid,
  undo_reason text check (length(undo_reason) between 3 and 150),
  check ((undone_at is null) = (undone_by is null and undo_reason is null))
);
create index write_off_newest on stock.write_off (at desc, id desc);
create index write_off_by_batch on stock.write_off (batch_id);
grant select, insert, update (undone_at, undone_by, undo_reason) on stock.write_off to janta_app;

alter table stock.transfer
  add column cancelled_at timestamptz,
  add column cancelled_by uuid,
  add column cancel_reason text check (length(cancel_reason) between 3 and 150),
  add constraint transfer_one_end check (cancelled_at is null or received_at is null),
  add constraint transfer_cancelled_whole check ((cancelled_at is null) = (cancelled_by is null and cancel_reason is null));
grant update (cancelled_at, cancelled_by, cancel_reason) on stock.transfer to janta_app;
