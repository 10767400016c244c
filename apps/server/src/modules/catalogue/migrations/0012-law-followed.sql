-- The rest of what decides a listing is followed too; see 0010-followed.sql.

alter table catalogue.price_control add column written_in xid8 not null default pg_current_xact_id();
create index price_control_by_writing on catalogue.price_control (written_in);
create trigger price_control_written before update on catalogue.price_control
  for each row when (old.written_in <> pg_current_xact_id()) execute function catalogue.note_writing();
create trigger banned_formulation_written before update on catalogue.banned_formulation
  for each row when (old.written_in <> pg_current_xact_id()) execute function catalogue.note_writing();
