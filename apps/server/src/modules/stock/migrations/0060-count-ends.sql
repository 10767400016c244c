-- A count may be of one medicine wherever it lies, and it ends: from then on its numbers stand.

alter table stock.count
  add column pack_id uuid,
  add column closed_at timestamptz,
  add column closed_by uuid,
  -- How many places there were to count when it ended.
  add column places integer check (places >= 0),
  add constraint count_closed_whole check ((closed_at is null) = (closed_by is null and places is null));
create index count_open on stock.count (serial desc) where closed_at is null;
grant update (closed_at, closed_by, places) on stock.count to janta_app;
