-- Whether a pharmacist lets the strips of this pack be cut for a prescription: whole packs until somebody says so.
-- Nothing but tablets and capsules is counted out by the piece, and what comes singly cannot be cut.
alter table catalogue.pack
  add column may_be_cut boolean not null default false,
  add constraint pack_cut_by_the_piece check (not may_be_cut or (base_unit in ('tablet', 'capsule') and units_per_pack > 1));
grant update (may_be_cut) on catalogue.pack to janta_app;

-- Who said yes or no, when and why; the column above is the newest of these.
create table catalogue.cutting (
  id bigint generated always as identity primary key,
  pack_id uuid not null references catalogue.pack (id),
  may_be_cut boolean not null,
  reason text not null check (length(reason) between 3 and 500),
  ruled_by uuid not null,
  ruled_at timestamptz not null default kernel.now()
);
create index cutting_of_pack on catalogue.cutting (pack_id, id);
create trigger cutting_append_only before update or delete or truncate on catalogue.cutting
  for each statement execute function kernel.refuse_change();
grant select, insert on catalogue.cutting to janta_app;
