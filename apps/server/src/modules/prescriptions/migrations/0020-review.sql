-- The review desk: what waits for a pharmacist, what she read from the paper, and how much of it was supplied.

-- What a store keeps stricter than usual; without a row the usual rule holds. Wider than the delivery permission of
-- 26 March 2020 (30 and 7 days) is not possible.
create table prescriptions.store_rule (
  store_id uuid primary key,
  chronic_days integer not null default 30 check (chronic_days between 1 and 30),
  acute_days integer not null default 7 check (acute_days between 1 and 7),
  repeat_grace_days integer not null default 0 check (repeat_grace_days between 0 and 5),
  target_minutes integer not null default 30 check (target_minutes between 5 and 1440)
);

create table prescriptions.review (
  id uuid primary key,
  order_id uuid not null unique,
  -- Printed on the order, when whoever opened the review said it.
  order_number text check (length(order_number) between 1 and 40),
  person_id uuid not null,
  store_id uuid not null,
  patient_id uuid,
  customer_name text check (length(customer_name) between 1 and 120),
  customer_address text check (length(customer_address) between 1 and 400),
  lane text not null check (lane in ('delivery', 'pickup')),
  state text not null default 'open' check (state in ('open', 'needs_info', 'decided', 'withdrawn')),
  -- Every schedule some line is held to, for the marks of the queue.
  schemes text[] not null,
  line_count integer not null check (line_count between 1 and 50),
  opened_at timestamptz not null default kernel.now(),
  due_at timestamptz not null,
  -- One pharmacist at a time; the claim lapses by itself.
  claimed_by uuid,
  claimed_until timestamptz,
  decided_at timestamptz,
  decided_by uuid,
  -- Grows with every change, so that a worksheet written over another is noticed.
  version integer not null default 1,
  check ((claimed_by is null) = (claimed_until is null)),
  check (state <> 'decided' or decided_at is not null),
  check ((decided_at is null) = (decided_by is null))
);
create index review_queue on prescriptions.review (store_id, opened_at, id) where state in ('open', 'needs_info');
create index review_of_person on prescriptions.review (person_id, opened_at desc);

create table prescriptions.review_upload (
  review_id uuid not null references prescriptions.review,
  upload_id uuid not null references prescriptions.upload,
  position integer not null check (position between 1 and 100),
  primary key (review_id, upload_id)
);
create index review_of_upload on prescriptions.review_upload (upload_id);

-- Doctors as they were read before, so that a known one is chosen and not typed.
create table prescriptions.prescriber (
  id uuid primary key,
  prescriber_key text not null unique,
  name text not null check (length(name) between 1 and 120),
  name_key text not null,
  qualification text check (length(qualification) between 1 and 120),
  registration_number text check (length(registration_number) between 1 and 40),
  council text check (length(council) between 1 and 80),
  address text check (length(address) between 1 and 300),
  used_at timestamptz not null default kernel.now(),
  uses integer not null default 1 check (uses > 0)
);
create index prescriber_by_use on prescriptions.prescriber (used_at desc);

-- What was read from one paper. Copied, never referenced: the register repeats it as it was at the time.
create table prescriptions.prescription (
  id uuid primary key,
  review_id uuid not null references prescriptions.review,
  person_id uuid not null,
  store_id uuid not null,
  position integer not null check (position between 1 and 10),
  state text not null default 'draft' check (state in ('draft', 'approved', 'revoked')),
  prescriber_name text check (length(prescriber_name) between 1 and 120),
  prescriber_qualification text check (length(prescriber_qualification) between 1 and 120),
  prescriber_registration text check (length(prescriber_registration) between 1 and 40),
  prescriber_council text check (length(prescriber_council) between 1 and 80),
  prescriber_address text check (length(prescriber_address) between 1 and 300),
  patient_name text check (length(patient_name) between 1 and 120),
  patient_address text check (length(patient_address) between 1 and 400),
  address_source text not null check (address_source in ('prescription', 'customer')),
  patient_age_years integer check (patient_age_years between 0 and 120),
  patient_sex text check (patient_sex in ('female', 'male', 'other')),
  issued_on date,
  has_signature boolean not null,
  course text not null check (course in ('acute', 'chronic')),
  tele_mode text check (tele_mode in ('text', 'audio', 'video')),
  tele_consultation text check (tele_consultation in ('first', 'follow_up')),
  has_tele_consent boolean not null default false,
  -- Prescriber, patient, date and items: the same paper from another account is found by it.
  fingerprint bytea check (length(fingerprint) = 32),
  duplicate_reason text check (length(duplicate_reason) between 1 and 200),
  -- The prescription that was revoked because this one reads the same paper rightly.
  replaces_id uuid references prescriptions.prescription,
  entered_by uuid not null,
  entered_at timestamptz not null default kernel.now(),
  approved_by uuid,
  approved_at timestamptz,
  pharmacist_name text,
  pharmacist_registration text,
  pharmacist_council text,
  revoked_by uuid,
  revoked_at timestamptz,
  revoke_reason text check (length(revoke_reason) between 1 and 200),
  check ((tele_mode is null) = (tele_consultation is null)),
  check ((state = 'draft') = (approved_at is null)),
  check ((approved_at is null) = (approved_by is null)),
  check ((approved_at is null) = (pharmacist_registration is null)),
  check ((state = 'revoked') = (revoked_at is not null)),
  check ((revoked_at is null) = (revoke_reason is null))
);
create index prescription_of_review on prescriptions.prescription (review_id, position);
create index prescription_of_person on prescriptions.prescription (person_id, approved_at desc) where state = 'approved';
create index prescription_by_fingerprint on prescriptions.prescription (fingerprint) where state <> 'draft';
create index prescription_replacing on prescriptions.prescription (replaces_id) where replaces_id is not null;

create table prescriptions.prescription_item (
  id uuid primary key,
  prescription_id uuid not null references prescriptions.prescription,
  position integer not null check (position between 1 and 20),
  -- As written on the paper, and the pack of the catalogue that is.
  written text not null check (length(written) between 1 and 160),
  written_as text not null check (written_as in ('brand', 'generic', 'endorsed')),
  pack_id uuid,
  directions jsonb,
  units integer check (units between 1 and 1000000),
  units_source text not null check (units_source in ('written', 'computed')),
  units_basis text not null check (units_basis in ('each', 'total')),
  repeat_authority text not null check (repeat_authority in ('once', 'times', 'unstated')),
  repeat_times integer check (repeat_times between 1 and 24),
  interval_days integer check (interval_days between 1 and 366),
  tele_list text check (tele_list in ('O', 'A', 'B')),
  smallest_pack boolean not null default false,
  -- What was supplied on a revoked reading of the same line of the same paper counts against this one.
  root_id uuid not null,
  unique (prescription_id, position),
  check ((repeat_authority = 'once') = (repeat_times is null and interval_days is null) or repeat_authority = 'unstated'),
  check (repeat_authority <> 'times' or repeat_times is not null)
);
create index prescription_item_root on prescriptions.prescription_item (root_id);

create table prescriptions.review_line (
  review_id uuid not null references prescriptions.review,
  line integer not null check (line between 1 and 1000),
  pack_id uuid not null,
  asked_packs integer not null check (asked_packs between 1 and 99),
  verdict text check (verdict in ('approved', 'reduced', 'refused')),
  approved_packs integer check (approved_packs between 1 and 99),
  code text check (code ~ '^[a-z_]{4,40}$'),
  note text check (length(note) between 1 and 300),
  item_id uuid references prescriptions.prescription_item,
  primary key (review_id, line),
  check (approved_packs <= asked_packs),
  check ((verdict is null) = (approved_packs is null and code is null)),
  check ((verdict = 'refused') = (verdict is not null and approved_packs is null)),
  check (verdict <> 'refused' or code is not null),
  check (verdict <> 'reduced' or approved_packs < asked_packs),
  check (verdict <> 'approved' or approved_packs = asked_packs)
);
create index review_line_of_item on prescriptions.review_line (item_id) where item_id is not null;

-- A question to the customer, in a ready sentence and further words, and what came back.
create table prescriptions.review_question (
  id uuid primary key,
  review_id uuid not null references prescriptions.review,
  code text not null check (code ~ '^[a-z_]{4,40}$'),
  words text check (length(words) between 1 and 300),
  asked_by uuid not null,
  asked_at timestamptz not null default kernel.now(),
  answer text check (length(answer) between 1 and 500),
  answered_at timestamptz,
  check ((answer is null) = (answered_at is null))
);
create index review_question_of_review on prescriptions.review_question (review_id, id);

-- A finding of the clinical checks that a pharmacist passed over, and why; never changed.
create table prescriptions.review_override (
  id uuid primary key,
  review_id uuid not null references prescriptions.review,
  finding text not null check (length(finding) between 1 and 200),
  reason text not null check (reason in ('prescriber_confirmed', 'taken_before', 'benefit_judged', 'monitored', 'not_applicable')),
  words text check (length(words) between 1 and 300),
  pharmacist_id uuid not null,
  at timestamptz not null default kernel.now()
);
create index review_override_of_review on prescriptions.review_override (review_id, id);
create trigger review_override_append_only before update or delete or truncate on prescriptions.review_override
  for each statement execute function kernel.refuse_change();

-- What left and came back of a prescribed quantity. A balance is the sum of these; nothing else is counted.
create table prescriptions.item_use (
  id uuid primary key,
  item_id uuid not null references prescriptions.prescription_item,
  order_id uuid not null,
  dispensing_id uuid not null,
  kind text not null check (kind in ('dispensed', 'returned')),
  units integer not null check (units between 1 and 1000000),
  on_day date not null,
  at timestamptz not null default kernel.now()
);
create unique index item_use_once on prescriptions.item_use (dispensing_id, item_id) where kind = 'dispensed';
create index item_use_of_item on prescriptions.item_use (item_id, id);
create trigger item_use_append_only before update or delete or truncate on prescriptions.item_use
  for each statement execute function kernel.refuse_change();

-- An approved prescription is a record: only its revocation is ever written to it (Drugs Rules, rule 65(11)).
create function prescriptions.refuse_approved_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.state <> 'draft' then
      raise exception 'an approved prescription is never deleted' using errcode = '42501';
    end if;
    return old;
  end if;
  if old.state <> 'draft' and to_jsonb(old) - '{state,revoked_by,revoked_at,revoke_reason}'::text[]
      <> to_jsonb(new) - '{state,revoked_by,revoked_at,revoke_reason}'::text[] then
    raise exception 'an approved prescription is never changed, only revoked' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger prescription_kept before update or delete on prescriptions.prescription
  for each row execute function prescriptions.refuse_approved_change();

create function prescriptions.refuse_approved_item_change() returns trigger language plpgsql as $$
begin
  if exists (select from prescriptions.prescription where id = old.prescription_id and state <> 'draft') then
    raise exception 'an item of an approved prescription is never changed' using errcode = '42501';
  end if;
  return coalesce(new, old);
end $$;
create trigger prescription_item_kept before update or delete on prescriptions.prescription_item
  for each row execute function prescriptions.refuse_approved_item_change();

grant select, insert on prescriptions.store_rule to janta_app;
grant update (chronic_days, acute_days, repeat_grace_days, target_minutes) on prescriptions.store_rule to janta_app;
grant select, insert on prescriptions.review, prescriptions.review_upload, prescriptions.review_line,
  prescriptions.review_question, prescriptions.review_override, prescriptions.item_use, prescriptions.prescriber,
  prescriptions.prescription, prescriptions.prescription_item to janta_app;
grant update (state, claimed_by, claimed_until, decided_at, decided_by, version) on prescriptions.review to janta_app;
grant update (verdict, approved_packs, code, note, item_id) on prescriptions.review_line to janta_app;
grant update (answer, answered_at) on prescriptions.review_question to janta_app;
grant update (name, name_key, qualification, registration_number, council, address, used_at, uses)
  on prescriptions.prescriber to janta_app;
grant update (state, approved_by, approved_at, pharmacist_name, pharmacist_registration, pharmacist_council,
  revoked_by, revoked_at, revoke_reason) on prescriptions.prescription to janta_app;
-- An item is never updated; without a right to a column its row could not be locked.
grant update (position) on prescriptions.prescription_item to janta_app;
grant delete on prescriptions.prescription, prescriptions.prescription_item to janta_app;
