-- An import knows the drugs of all its rows at once and names them in the insert: asking again row by row was a good
-- part of the time of a quarter million rows. Whoever names none is still answered, by one planned question.

create or replace function catalogue.note_comparable_drug() returns trigger
language plpgsql set search_path = '' as $$
begin
  select drug.id into new.comparable_drug_id
  from catalogue.medicine
  join catalogue.clinical_drug as drug on drug.id = medicine.clinical_drug_id
  where medicine.id = new.medicine_id and medicine.composition_state = 'stated'
    and drug.equivalence_key not like '?%';
  return new;
end $$;

drop trigger pack_comparable on catalogue.pack;
create trigger pack_comparable before insert on catalogue.pack
  for each row when (new.comparable_drug_id is null) execute function catalogue.note_comparable_drug();
