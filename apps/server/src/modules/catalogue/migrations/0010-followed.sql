-- Whoever keeps a copy of the catalogue in memory follows it by the transaction that wrote a row last. A transaction's
-- number says exactly whether it was visible at an earlier look (pg_visible_in_snapshot), whatever order they commit
-- in; a time or a sequence would lose the row of a transaction that began early and committed late.

alter table catalogue.pack add column written_in xid8 not null default pg_current_xact_id();
alter table catalogue.medicine add column written_in xid8 not null default pg_current_xact_id();
alter table catalogue.schedule_rule add column written_in xid8 not null default pg_current_xact_id();
alter table catalogue.tax_rate add column written_in xid8 not null default pg_current_xact_id();
create index pack_by_writing on catalogue.pack (written_in);
create index medicine_by_writing on catalogue.medicine (written_in);
create index schedule_rule_by_writing on catalogue.schedule_rule (written_in);
create index tax_rate_by_writing on catalogue.tax_rate (written_in);

create function catalogue.note_writing() returns trigger language plpgsql set search_path = '' as $$
begin
  new.written_in := pg_current_xact_id();
  return new;
end $$;

-- A second change in one transaction needs no note, and so keeps its place in every index.
create trigger pack_written before update on catalogue.pack
  for each row when (old.written_in <> pg_current_xact_id()) execute function catalogue.note_writing();
create trigger medicine_written before update on catalogue.medicine
  for each row when (old.written_in <> pg_current_xact_id()) execute function catalogue.note_writing();
create trigger schedule_rule_written before update on catalogue.schedule_rule
  for each row when (old.written_in <> pg_current_xact_id()) execute function catalogue.note_writing();
create trigger tax_rate_written before update on catalogue.tax_rate
  for each row when (old.written_in <> pg_current_xact_id()) execute function catalogue.note_writing();
