-- The register is signed by the pharmacist by whom, or under whose eyes, the medicine was supplied (rule 65(3)(1)), as the
-- memo names her. Who approved the prescription stands beside her. Entries written before this named the approving one
-- only; they stay as they were, and so do their hashes.
alter table dispensing.register_entry
  add column approver_name text check (approver_name <> ''),
  add column approver_registration text check (approver_registration <> ''),
  add constraint register_approver_whole check ((approver_name is null) = (approver_registration is null));

create or replace function dispensing.register_hash(entry dispensing.register_entry) returns bytea
  language sql stable parallel safe set search_path = pg_catalog
  as $$ select sha256(entry.previous_hash || convert_to(jsonb_build_array(
    entry.id, entry.store_id, entry.register, entry.serial, entry.kind, entry.kept_in, to_char(entry.supplied_on, 'YYYY-MM-DD'),
    to_char(entry.entered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), entry.dispensing_id, entry.order_id,
    entry.order_line, entry.prescription_id, entry.prescription_item_id, to_char(entry.issued_on, 'YYYY-MM-DD'),
    entry.prescriber_name, entry.prescriber_address, entry.prescriber_registration, entry.patient_name,
    entry.patient_address, entry.pack_id, entry.drug_name, entry.packs, entry.units, entry.base_unit, entry.manufacturer,
    entry.batch_number, entry.expiry_month, entry.schemes, entry.directions, entry.pharmacist_name,
    entry.pharmacist_registration, entry.repeats_serial, entry.voids_serial, entry.void_reason, entry.written_by,
    entry.request_id)::text || case when entry.approver_name is null then ''
      else jsonb_build_array(entry.approver_name, entry.approver_registration)::text end, 'UTF8')) $$;
