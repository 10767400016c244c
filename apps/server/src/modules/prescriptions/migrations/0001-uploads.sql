-- What customers send: a session of files, each looked at by the worker before anybody sees it, kept by the clock of the
-- law and forgotten after it, every look at it written down.

create table prescriptions.upload_session (
  id uuid primary key,
  person_id uuid not null,
  -- Whom the medicines are for, when the customer said so.
  patient_id uuid,
  started_at timestamptz not null default kernel.now(),
  -- After this no further file is taken; what arrived stays.
  ends_at timestamptz not null,
  check (ends_at > started_at)
);
create index upload_session_of_person on prescriptions.upload_session (person_id, id desc);

create table prescriptions.upload (
  id uuid primary key,
  session_id uuid not null references prescriptions.upload_session,
  position integer not null check (position between 1 and 100),
  person_id uuid not null,
  state text not null check (state in ('awaiting', 'checking', 'ready', 'refused', 'lapsed', 'withdrawn')),
  refusal text check (refusal in ('missing', 'empty', 'too_large', 'unknown_type', 'heic', 'svg', 'two_things_at_once',
    'damaged', 'too_small', 'too_many_pixels', 'too_many_pages', 'locked', 'too_heavy', 'infected')),
  content_type text not null check (content_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  kind text check (kind in ('jpeg', 'png', 'webp', 'pdf')),
  sha256 bytea check (length(sha256) = 32),
  created_at timestamptz not null default kernel.now(),
  sent_at timestamptz,
  checked_at timestamptz,
  -- The last Indian day it is kept; a prescription that was used is kept five years after (Pharmacy
  -- Practice Regulations 2015, 6.2), one that was not, a year (DPDP Rules 2025, 8(3)).
  keep_until date not null,
  -- When a review first rested on it: from then on it is a record and no longer the customer's to take back.
  used_at timestamptz,
  forgotten_at timestamptz,
  unique (session_id, position),
  check ((state = 'refused') = (refusal is not null)),
  check (state <> 'ready' or (kind is not null and sha256 is not null and checked_at is not null))
);
create index upload_of_person on prescriptions.upload (person_id, id desc);
create index upload_unfinished on prescriptions.upload (created_at) where state in ('awaiting', 'checking');
create index upload_to_forget on prescriptions.upload (keep_until) where forgotten_at is null;
create index upload_by_bytes on prescriptions.upload (sha256) where state = 'ready' and forgotten_at is null;

-- A page as it may be looked at: made anew from what was sent, so that nothing hidden in the file came along.
create table prescriptions.upload_page (
  upload_id uuid not null references prescriptions.upload,
  page integer not null check (page between 1 and 100),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  is_dark boolean not null,
  is_blurred boolean not null,
  -- What the page looks like in 64 bits, and in four bands to find its like by: pages that differ in three bits at most
  -- agree in a whole band.
  likeness bit(64) not null,
  tone bytea not null check (length(tone) = 256),
  band_1 integer not null,
  band_2 integer not null,
  band_3 integer not null,
  band_4 integer not null,
  primary key (upload_id, page)
);
create index upload_page_band_1 on prescriptions.upload_page (band_1, upload_id);
create index upload_page_band_2 on prescriptions.upload_page (band_2, upload_id);
create index upload_page_band_3 on prescriptions.upload_page (band_3, upload_id);
create index upload_page_band_4 on prescriptions.upload_page (band_4, upload_id);

-- The same file or picture sent before, by anybody: for the pharmacist's eyes, who is told no name.
create table prescriptions.upload_likeness (
  upload_id uuid not null references prescriptions.upload,
  earlier_id uuid not null references prescriptions.upload,
  kind text not null check (kind in ('same_file', 'same_picture')),
  primary key (upload_id, earlier_id),
  check (upload_id <> earlier_id)
);
create index upload_likeness_earlier on prescriptions.upload_likeness (earlier_id, upload_id);

-- Every look at a page: who, when, why. It is also the ticket the page itself is fetched with.
create table prescriptions.upload_view (
  id uuid primary key,
  upload_id uuid not null references prescriptions.upload,
  page integer not null check (page between 1 and 100),
  viewer_id uuid not null,
  reason text not null check (reason in ('own', 'review', 'dispensing', 'inspection', 'complaint')),
  order_id uuid,
  at timestamptz not null default kernel.now()
);
create index upload_view_of_upload on prescriptions.upload_view (upload_id, at desc);
create trigger upload_view_append_only before update or delete or truncate on prescriptions.upload_view
  for each statement execute function kernel.refuse_change();

grant usage on schema prescriptions to janta_app;
grant select, insert, update (patient_id) on prescriptions.upload_session to janta_app;
grant select, insert, update (state, refusal, kind, sha256, sent_at, checked_at, used_at, keep_until, forgotten_at)
  on prescriptions.upload to janta_app;
grant select, insert, delete on prescriptions.upload_page, prescriptions.upload_likeness to janta_app;
grant select, insert on prescriptions.upload_view to janta_app;
