-- The trail sealed in blocks: each holds the hash of every entry in it and of the block before, so that a changed, added
-- or removed row is found and named. Not one chain through the rows, which would make every act wait for the one before.

alter table audit.entry add column position bigint generated always as identity;
create unique index entry_by_position on audit.entry (position);
grant select on sequence audit.entry_position_seq to janta_app;

create table audit.block (
  number integer primary key check (number > 0),
  first_position bigint not null,
  last_position bigint not null check (last_position >= first_position),
  entries integer not null check (entries > 0),
  entry_hashes bytea not null check (length(entry_hashes) = 32 * entries),
  previous_hash bytea not null check (length(previous_hash) = 32),
  hash bytea not null unique check (length(hash) = 32),
  sealed_at timestamptz not null default kernel.now()
);
create trigger block_append_only before update or delete or truncate on audit.block
  for each statement execute function kernel.refuse_change();

grant select, insert on audit.block to janta_app;
