-- Who may answer for a prescription, and who does so now (Drugs Rules, rule 65(2); Pharmacy Act 1948, section 42).

create table identity.pharmacist_registration (
  id uuid primary key,
  person_id uuid not null references identity.person,
  store_id uuid not null,
  full_name text not null check (length(full_name) between 1 and 80),
  registration_number text not null check (length(registration_number) between 1 and 40),
  number_key text not null generated always as (upper(regexp_replace(registration_number, '[^A-Za-z0-9]', '', 'g'))) stored,
  council text not null check (length(council) between 1 and 80),
  council_key text not null generated always as (upper(regexp_replace(council, '[^A-Za-z0-9]', '', 'g'))) stored,
  qualification text not null check (length(qualification) between 1 and 80),
  valid_from date not null,
  valid_upto date not null check (valid_upto >= valid_from),
  is_sample boolean not null default false,
  recorded_by uuid,
  recorded_at timestamptz not null default kernel.now(),
  ended_at timestamptz,
  ended_by uuid,
  end_reason text check (length(end_reason) between 1 and 200),
  check ((ended_at is null) = (end_reason is null))
);
-- A pharmacist may not serve more than one pharmacy (Pharmacy Practice Regulations 2015).
create unique index registration_of_person on identity.pharmacist_registration (person_id) where ended_at is null;
create unique index registration_of_council on identity.pharmacist_registration (council_key, number_key)
  where ended_at is null;
create index registration_by_person on identity.pharmacist_registration (person_id);

-- A turn of duty. It ends at its hour by itself; `ended_at` says that it was ended before, or closed after.
create table identity.duty (
  id uuid primary key,
  registration_id uuid not null references identity.pharmacist_registration,
  person_id uuid not null,
  store_id uuid not null,
  started_at timestamptz not null default kernel.now(),
  ends_at timestamptz not null,
  ended_at timestamptz,
  check (ends_at > started_at and ends_at <= started_at + interval '12 hours')
);
create unique index duty_of_person on identity.duty (person_id) where ended_at is null;
create index duty_at_store on identity.duty (store_id, ends_at) where ended_at is null;
create index duty_of_registration on identity.duty (registration_id);

grant select, insert, update (ended_at, ended_by, end_reason) on identity.pharmacist_registration to janta_app;
grant select, insert, update (ended_at) on identity.duty to janta_app;
