-- Which packs are the same medicine, found without walking through every brand of it, and what a pharmacist adds.

-- The drug by which a pack may be compared: null where the composition is not fully stated or a strength is unknown.
-- Kept on the pack, so that the cheapest equivalents of a drug with thousands of brands are the first rows of an index.
alter table catalogue.pack add column comparable_drug_id integer;

create function catalogue.comparable_drug(medicine integer) returns integer
language sql stable set search_path = '' as $$
  select drug.id from catalogue.medicine
  join catalogue.clinical_drug as drug on drug.id = medicine.clinical_drug_id
  where medicine.id = $1 and medicine.composition_state = 'stated' and drug.equivalence_key not like '?%'
$$;

create function catalogue.note_comparable_drug() returns trigger language plpgsql set search_path = '' as $$
begin
  new.comparable_drug_id := catalogue.comparable_drug(new.medicine_id);
  return new;
end $$;
create trigger pack_comparable before insert on catalogue.pack
  for each row execute function catalogue.note_comparable_drug();

create function catalogue.renew_comparable_drug() returns trigger language plpgsql set search_path = '' as $$
begin
  update catalogue.pack set comparable_drug_id = catalogue.comparable_drug(new.id) where medicine_id = new.id;
  return null;
end $$;
create trigger medicine_comparable after update on catalogue.medicine
  for each row when (old.clinical_drug_id is distinct from new.clinical_drug_id
    or old.composition_state <> new.composition_state)
  execute function catalogue.renew_comparable_drug();

update catalogue.pack set comparable_drug_id = catalogue.comparable_drug(medicine_id);
create index pack_by_comparable_price on catalogue.pack
  (comparable_drug_id, base_unit, unit_price_milli_paise, id)
  where not is_discontinued and unit_price_milli_paise is not null;

-- A pharmacist's word on two medicines: that they are the same though their keys differ (it then joins all brands of
-- the two drugs), or that they are not. The newest word on a pair stands from its day on; no word is ever erased.
create table catalogue.equivalence_ruling (
  id uuid primary key,
  number bigint generated always as identity unique,
  ruling text not null check (ruling in ('linked', 'separated')),
  one_medicine_id integer not null references catalogue.medicine (id),
  other_medicine_id integer not null references catalogue.medicine (id),
  -- The drugs of the two when it was said. Equal ones make it a word about these two brands alone.
  one_drug_id integer not null references catalogue.clinical_drug (id),
  other_drug_id integer not null references catalogue.clinical_drug (id),
  from_day date not null,
  reason text not null check (length(reason) between 3 and 500),
  recorded_by uuid not null,
  recorded_at timestamptz not null default kernel.now(),
  check (one_medicine_id <> other_medicine_id)
);
create index ruling_by_one_medicine on catalogue.equivalence_ruling (one_medicine_id, number);
create index ruling_by_other_medicine on catalogue.equivalence_ruling (other_medicine_id, number);
create index ruling_by_one_drug on catalogue.equivalence_ruling (one_drug_id, number);
create index ruling_by_other_drug on catalogue.equivalence_ruling (other_drug_id, number);
create trigger equivalence_ruling_append_only before update or delete or truncate on catalogue.equivalence_ruling
  for each statement execute function kernel.refuse_change();
grant select, insert on catalogue.equivalence_ruling to janta_app;
