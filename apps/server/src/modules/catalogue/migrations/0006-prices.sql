-- Why a price is what it is: who changed it, by which rule, and what the notified ceiling lets it be.

alter table catalogue.price add column recorded_by uuid, add column reason text;

-- A rule asks so much below MRP of every pack it names. The narrowest rule stands: a pack's before its maker's
-- before its category's. The newest row of a target from its day on; a row may also end the rule.
create table catalogue.selling_rule (
  id uuid primary key,
  number bigint generated always as identity unique,
  pack_id uuid references catalogue.pack (id),
  manufacturer_id integer references catalogue.manufacturer (id),
  category text,
  -- Null ends the rule of this target.
  off_basis_points integer check (off_basis_points between 0 and 9000),
  from_day date not null,
  reason text not null check (length(reason) between 3 and 500),
  recorded_by uuid not null,
  recorded_at timestamptz not null default kernel.now(),
  check (num_nonnulls(pack_id, manufacturer_id, category) = 1)
);
create index selling_rule_by_pack on catalogue.selling_rule (pack_id, from_day, number) where pack_id is not null;
create index selling_rule_by_maker on catalogue.selling_rule (manufacturer_id, from_day, number)
  where manufacturer_id is not null;
create index selling_rule_by_category on catalogue.selling_rule (category, from_day, number)
  where category is not null;
create trigger selling_rule_append_only before update or delete or truncate on catalogue.selling_rule
  for each statement execute function kernel.refuse_change();
grant select, insert on catalogue.selling_rule to janta_app;

-- The notified ceiling of a drug, per base unit and without GST (DPCO 2013), or the statement that there is none.
-- A drug without a row in force is unknown: nobody may infer it from a name.
create table catalogue.price_control (
  id uuid primary key,
  clinical_drug_id integer not null references catalogue.clinical_drug (id),
  base_unit text not null check (length(base_unit) between 1 and 30),
  state text not null check (state in ('controlled', 'not_applicable')),
  ceiling_paise bigint check (ceiling_paise between 1 and 10000000000),
  effective_from date not null,
  effective_to date,
  source_citation text not null check (length(source_citation) between 3 and 500),
  recorded_by uuid not null,
  recorded_at timestamptz not null default kernel.now(),
  check ((state = 'controlled') = (ceiling_paise is not null)),
  check (effective_to > effective_from),
  exclude using gist (clinical_drug_id with =, base_unit with =,
    daterange(effective_from, effective_to, '[)') with &&)
);
create index price_control_by_drug on catalogue.price_control (clinical_drug_id, base_unit, effective_from);
grant select, insert on catalogue.price_control to janta_app;
grant update (effective_to) on catalogue.price_control to janta_app;
create trigger price_control_kept before delete or truncate on catalogue.price_control
  for each statement execute function kernel.refuse_change();
