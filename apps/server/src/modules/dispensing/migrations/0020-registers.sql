-- The prescription register (rule 65(3)(1)) and the Schedule H1 register (rule 65(3)(1)(h)): one numbered row a supply,
-- copied as it stood. Serial, time and hash are given here, by a function the application cannot change: it can neither
-- leave a number out nor write a row that does not follow the one before.

-- The last row of each register; a row of it is locked while an entry is written, so a serial that rolled back is given again.
create table dispensing.register_head (
  store_id uuid not null,
  register text not null check (register in ('prescription', 'h1')),
  last_serial integer not null check (last_serial > 0),
  hash bytea not null check (length(hash) = 32),
  primary key (store_id, register)
);
grant usage on schema dispensing to janta_app;
grant select on dispensing.register_head to janta_app;

create table dispensing.register_entry (
  id uuid primary key,
  store_id uuid not null,
  register text not null check (register in ('prescription', 'h1')),
  serial integer not null check (serial > 0),
  kind text not null check (kind in ('supply', 'void')),
  -- What the store declared to the licensing authority (rule 65(3)(1)): the register, or the memo book.
  kept_in text not null check (kept_in in ('register', 'memo_book')),
  supplied_on date not null,
  entered_at timestamptz not null,
  dispensing_id uuid not null references dispensing.dispensing (id),
  order_id uuid not null,
  order_line integer not null,
  prescription_id uuid not null,
  prescription_item_id uuid not null,
  issued_on date not null,
  prescriber_name text not null check (prescriber_name <> ''),
  prescriber_address text not null,
  prescriber_registration text,
  patient_name text not null check (patient_name <> ''),
  patient_address text not null,
  pack_id uuid not null,
  drug_name text not null check (drug_name <> ''),
  packs integer not null check (packs > 0),
  units integer not null check (units > 0),
  base_unit text not null,
  manufacturer text not null,
  batch_number text not null,
  expiry_month text not null check (expiry_month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  schemes text[] not null,
  directions jsonb,
  pharmacist_name text not null check (pharmacist_name <> ''),
  pharmacist_registration text not null check (pharmacist_registration <> ''),
  -- The entry of the supply before on the same prescription.
  repeats_serial integer,
  voids_serial integer check ((kind = 'void') = (voids_serial is not null)),
  void_reason text check (length(void_reason) between 3 and 200 and kind = 'void' or void_reason is null and kind = 'supply'),
  written_by uuid,
  request_id text not null,
  previous_hash bytea not null check (length(previous_hash) = 32),
  hash bytea not null check (length(hash) = 32),
  unique (store_id, register, serial)
);
-- A batch that went out is entered once in each register, and an entry is voided once.
create unique index register_supply_once on dispensing.register_entry (dispensing_id, register) where kind = 'supply';
create unique index register_void_once on dispensing.register_entry (store_id, register, voids_serial) where kind = 'void';
create index register_of_dispensing on dispensing.register_entry (dispensing_id);
create index register_by_day on dispensing.register_entry (store_id, register, supplied_on, serial);
create index register_by_pack on dispensing.register_entry (store_id, register, pack_id, serial);
create index register_by_batch on dispensing.register_entry (store_id, register, batch_number, serial);
create index register_by_prescriber on dispensing.register_entry (store_id, register, lower(prescriber_name), serial);
create index register_by_prescription on dispensing.register_entry (prescription_id, register, serial);
create index register_by_order on dispensing.register_entry (order_id, order_line);

-- Every column but its own hash, in an order that never changes, times in UTC: a restored database comes to the same.
create function dispensing.register_hash(entry dispensing.register_entry) returns bytea
  language sql stable parallel safe set search_path = pg_catalog
  as $$ select sha256(entry.previous_hash || convert_to(jsonb_build_array(
    entry.id, entry.store_id, entry.register, entry.serial, entry.kind, entry.kept_in, to_char(entry.supplied_on, 'YYYY-MM-DD'),
    to_char(entry.entered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), entry.dispensing_id, entry.order_id,
    entry.order_line, entry.prescription_id, entry.prescription_item_id, to_char(entry.issued_on, 'YYYY-MM-DD'),
    entry.prescriber_name, entry.prescriber_address, entry.prescriber_registration, entry.patient_name,
    entry.patient_address, entry.pack_id, entry.drug_name, entry.packs, entry.units, entry.base_unit, entry.manufacturer,
    entry.batch_number, entry.expiry_month, entry.schemes, entry.directions, entry.pharmacist_name,
    entry.pharmacist_registration, entry.repeats_serial, entry.voids_serial, entry.void_reason, entry.written_by,
    entry.request_id)::text, 'UTF8')) $$;

create function dispensing.number_register_entry() returns trigger
  language plpgsql security definer set search_path = pg_catalog
as $$
declare
  last dispensing.register_head;
begin
  select * into last from dispensing.register_head
    where store_id = new.store_id and register = new.register for update;
  if not found then
    -- Two first entries at once: the second waits here for the first.
    insert into dispensing.register_head (store_id, register, last_serial, hash)
      values (new.store_id, new.register, 1, decode(repeat('00', 32), 'hex')) on conflict do nothing;
    if found then
      last.last_serial := 0;
      last.hash := decode(repeat('00', 32), 'hex');
    else
      select * into last from dispensing.register_head
        where store_id = new.store_id and register = new.register for update;
    end if;
  end if;
  new.serial := last.last_serial + 1;
  new.entered_at := kernel.now();
  new.previous_hash := last.hash;
  new.hash := dispensing.register_hash(new);
  update dispensing.register_head set last_serial = new.serial, hash = new.hash
    where store_id = new.store_id and register = new.register;
  return new;
end $$;
create trigger register_entry_numbered before insert on dispensing.register_entry
  for each row execute function dispensing.number_register_entry();
create trigger register_entry_append_only before update or delete or truncate on dispensing.register_entry
  for each statement execute function kernel.refuse_change();
grant select, insert on dispensing.register_entry to janta_app;

-- Where the store keeps its prescription register from a day on; the newest row of a day stands.
create table dispensing.register_setting (
  id uuid primary key,
  store_id uuid not null,
  effective_from date not null,
  kept_in text not null check (kept_in in ('register', 'memo_book')),
  recorded_by uuid not null,
  recorded_at timestamptz not null default kernel.now(),
  request_id text not null
);
create index register_setting_by_store on dispensing.register_setting (store_id, effective_from, id);
create trigger register_setting_append_only before update or delete or truncate on dispensing.register_setting
  for each statement execute function kernel.refuse_change();
grant select, insert on dispensing.register_setting to janta_app;

-- The printed page of a day was pasted into the register and signed by the pharmacist.
create table dispensing.register_confirmation (
  id uuid primary key,
  store_id uuid not null,
  register text not null check (register in ('prescription', 'h1')),
  day date not null,
  first_serial integer not null,
  last_serial integer not null check (last_serial >= first_serial),
  entries integer not null check (entries > 0),
  -- Of the last entry on the page.
  head_hash bytea not null check (length(head_hash) = 32),
  pharmacist_name text not null,
  pharmacist_registration text not null,
  confirmed_by uuid not null,
  confirmed_at timestamptz not null default kernel.now(),
  request_id text not null,
  unique (store_id, register, day)
);
create trigger register_confirmation_append_only before update or delete or truncate on dispensing.register_confirmation
  for each statement execute function kernel.refuse_change();
grant select, insert on dispensing.register_confirmation to janta_app;
