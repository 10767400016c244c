-- People, how they sign in, and what their roles allow. The mobile number is the only credential for now.

create table identity.person (
  id uuid primary key,
  mobile text not null unique check (mobile ~ '^\+91[6-9][0-9]{9}$'),
  name text check (length(name) between 1 and 80),
  is_sample boolean not null default false,
  created_at timestamptz not null default kernel.now()
);

-- A role is a row with who gave it and when, so that "who could dispense on 3 March" has an answer.
create table identity.role_grant (
  id uuid primary key,
  person_id uuid not null references identity.person,
  role text not null check (role in ('pharmacist', 'stock_keeper', 'administrator')),
  granted_at timestamptz not null default kernel.now(),
  granted_by uuid references identity.person,
  revoked_at timestamptz,
  check (revoked_at is null or revoked_at >= granted_at)
);
create unique index role_held_once on identity.role_grant (person_id, role) where revoked_at is null;
create index role_grant_by_giver on identity.role_grant (granted_by) where granted_by is not null;

-- Only an HMAC of the code is kept (ASVS 6.5.1 to 6.5.5): single use, five tries, five minutes.
create table identity.sign_in_code (
  id uuid primary key,
  mobile text not null,
  code_hash bytea not null,
  address_hash bytea not null,
  sent_at timestamptz not null default kernel.now(),
  expires_at timestamptz not null,
  tries integer not null default 0 check (tries between 0 and 5),
  used_at timestamptz
);
create index sign_in_code_by_mobile on identity.sign_in_code (mobile, sent_at);
create index sign_in_code_by_address on identity.sign_in_code (address_hash, sent_at);
create index sign_in_code_by_time on identity.sign_in_code (sent_at);

-- An opaque 256-bit token; only its SHA-256 is here, so a copy of this table signs nobody in.
create table identity.session (
  id uuid primary key,
  token_hash bytea not null unique,
  person_id uuid not null references identity.person,
  created_at timestamptz not null default kernel.now(),
  seen_at timestamptz not null default kernel.now(),
  idle_until timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz
);
create index session_by_person on identity.session (person_id);
create index session_by_end on identity.session (ends_at);

grant usage on schema identity to janta_app;
grant select, insert on identity.person, identity.role_grant to janta_app;
grant update (name) on identity.person to janta_app;
grant update (revoked_at) on identity.role_grant to janta_app;
grant select, insert, delete on identity.sign_in_code, identity.session to janta_app;
grant update (tries, used_at) on identity.sign_in_code to janta_app;
grant update (seen_at, idle_until, ended_at) on identity.session to janta_app;
