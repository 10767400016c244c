-- Availability is followed by the movements, which are its only cause, and by what a batch is declared to be. See the
-- catalogue's migration of the same name for why a transaction's number and not a time.

alter table stock.movement add column written_in xid8 not null default pg_current_xact_id();
create index movement_by_writing on stock.movement (written_in);
alter table stock.batch add column written_in xid8 not null default pg_current_xact_id();
create index batch_by_writing on stock.batch (written_in);

create function stock.note_writing() returns trigger language plpgsql set search_path = '' as $$
begin
  new.written_in := pg_current_xact_id();
  return new;
end $$;
create trigger batch_written before update on stock.batch
  for each row when (old.written_in <> pg_current_xact_id()) execute function stock.note_writing();
