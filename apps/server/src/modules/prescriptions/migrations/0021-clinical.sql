-- The clinical checks as the pharmacy's pharmacist brought them in: whole lists, each a version, the last one counts.

create table prescriptions.clinical_list (
  id uuid primary key,
  number bigint generated always as identity unique,
  file_name text not null check (length(file_name) between 1 and 200),
  sha256 bytea not null check (length(sha256) = 32),
  -- Who answers for it, as she signed.
  confirmed_by text not null check (length(confirmed_by) between 1 and 120),
  rules jsonb not null check (jsonb_typeof(rules) = 'array'),
  imported_at timestamptz not null default kernel.now()
);
create trigger clinical_list_append_only before update or delete or truncate on prescriptions.clinical_list
  for each statement execute function kernel.refuse_change();

grant select, insert on prescriptions.clinical_list to janta_app;
