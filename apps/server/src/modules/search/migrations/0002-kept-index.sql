-- The search's memory as it was at one look, so that a process starts from it instead of reading a quarter million
-- packs. Unlogged: a crash, a promotion and a backup leave it empty or out, and then the catalogue is read whole.
-- Nothing here is the truth of anything.

create unlogged table search.kept_index (
  -- Hash of the code that builds and reads it: other code reads another row.
  code_key text primary key,
  -- A transaction's number means something only in the cluster that gave it.
  cluster text not null,
  -- The look it holds everything of, `pg_snapshot` and day; the changes since are read from the catalogue.
  seen text not null,
  today date not null,
  packs integer not null check (packs >= 0),
  parts integer not null check (parts between 1 and 1000),
  sha256 bytea not null check (length(sha256) = 32),
  kept_at timestamptz not null default kernel.now()
);
create unlogged table search.kept_index_part (
  code_key text not null,
  part integer not null check (part between 0 and 999),
  bytes bytea not null,
  primary key (code_key, part)
);
-- Compressed before it came.
alter table search.kept_index_part alter column bytes set storage external;

grant select, insert, delete on search.kept_index, search.kept_index_part to janta_app;
