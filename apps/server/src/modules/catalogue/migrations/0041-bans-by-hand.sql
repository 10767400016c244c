-- A ban is entered and lifted by a pharmacist with the source of each; what was stays on record.

alter table catalogue.banned_formulation
  add column lifted_by text,
  add column lift_citation text,
  add column lifted_at timestamptz;
-- One that was lifted before it began never held.
alter table catalogue.banned_formulation drop constraint banned_formulation_check;
alter table catalogue.banned_formulation add constraint banned_formulation_period check (effective_to >= effective_from);
alter table catalogue.banned_formulation add constraint banned_formulation_lifted
  check ((lifted_by is null) = (lift_citation is null) and (lifted_by is null) = (lifted_at is null));
grant update (lifted_by, lift_citation, lifted_at) on catalogue.banned_formulation to janta_app;

-- The past of a ban is never rewritten: it may be lifted once, today or later, and nothing else of it changes.
create function catalogue.guard_ban() returns trigger language plpgsql set search_path = '' as $$
begin
  if (old.id, old.title, old.route, old.release, old.is_exact, old.effective_from, old.source_citation, old.recorded_by,
      old.recorded_at)
    is distinct from (new.id, new.title, new.route, new.release, new.is_exact, new.effective_from, new.source_citation,
      new.recorded_by, new.recorded_at)
    or (old.effective_to is distinct from new.effective_to
      and (old.effective_to is not null or new.effective_to is null or new.effective_to < kernel.today()))
  then
    raise exception 'A ban keeps its past: lift it today or later and write a new one'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger banned_formulation_keeps_past before update on catalogue.banned_formulation
  for each row execute function catalogue.guard_ban();
create trigger banned_formulation_kept before delete or truncate on catalogue.banned_formulation
  for each statement execute function kernel.refuse_change();
create trigger banned_component_append_only before update or delete or truncate on catalogue.banned_component
  for each statement execute function kernel.refuse_change();
