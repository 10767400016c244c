-- The people medicines are for, as the account's holder describes them, each with a consent to keep that.

create table prescriptions.patient (
  id uuid primary key,
  -- The account's holder; nobody else finds the profile.
  person_id uuid not null,
  relation text not null check (relation in ('self', 'spouse', 'child', 'parent', 'grandparent', 'sibling', 'other')),
  -- Empty once forgotten.
  name text check (length(name) between 1 and 80),
  -- The month of birth; dose and consent need no day.
  birth_month text check (birth_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  sex text check (sex in ('female', 'male', 'other')),
  -- "None" is an answer, and not the same as never having been asked.
  allergies_known text not null check (allergies_known in ('not_asked', 'none', 'listed')),
  created_at timestamptz not null default kernel.now(),
  changed_at timestamptz not null default kernel.now(),
  forgotten_at timestamptz,
  check ((forgotten_at is null) = (name is not null)),
  check ((forgotten_at is null) = (birth_month is not null))
);
create index patient_of_person on prescriptions.patient (person_id, id) where forgotten_at is null;
create unique index patient_self on prescriptions.patient (person_id) where relation = 'self' and forgotten_at is null;

create table prescriptions.patient_allergy (
  patient_id uuid not null references prescriptions.patient,
  line integer not null check (line between 1 and 20),
  -- A class the clinical checks know; null when only the words are there.
  class text check (class ~ '^[a-z_]{2,40}$'),
  words text not null check (length(words) between 1 and 80),
  primary key (patient_id, line)
);

create table prescriptions.patient_medicine (
  patient_id uuid not null references prescriptions.patient,
  line integer not null check (line between 1 and 30),
  -- A pack of our catalogue, when it was chosen from it.
  pack_id uuid,
  words text not null check (length(words) between 1 and 120),
  primary key (patient_id, line)
);

-- What was agreed to, when, in which words. A withdrawal is another row; the newest counts.
create table prescriptions.patient_consent (
  id uuid primary key,
  patient_id uuid not null references prescriptions.patient,
  person_id uuid not null,
  act text not null check (act in ('given', 'withdrawn')),
  -- The account's holder for herself, a parent or guardian for a child, or the holder saying that the adult agreed.
  given_as text not null check (given_as in ('self', 'guardian', 'for_adult')),
  text_version text not null check (text_version ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
  language text not null check (language in ('en', 'hi')),
  at timestamptz not null default kernel.now()
);
create index patient_consent_of_patient on prescriptions.patient_consent (patient_id, id desc);
create trigger patient_consent_append_only before update or delete or truncate on prescriptions.patient_consent
  for each statement execute function kernel.refuse_change();

grant select, insert, update (relation, name, birth_month, sex, allergies_known, changed_at, forgotten_at)
  on prescriptions.patient to janta_app;
grant select, insert, delete on prescriptions.patient_allergy, prescriptions.patient_medicine to janta_app;
grant select, insert on prescriptions.patient_consent to janta_app;
