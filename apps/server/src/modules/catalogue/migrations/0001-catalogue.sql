-- What is sold, what it is made of, what the law says of it, what it costs. Quantities are not here: see stock.

create table catalogue.substance (
  id integer generated always as identity primary key,
  -- The international name in lower case, e.g. 'amoxicillin'.
  name text not null unique check (name = lower(name) and length(name) between 1 and 200),
  display_name text not null,
  -- The substance whose salt or ester this is: schedules name bases "and their salts".
  base_id integer references catalogue.substance (id),
  is_narrow_therapeutic boolean not null default false,
  is_biologic boolean not null default false,
  created_at timestamptz not null default kernel.now(),
  check (base_id <> id)
);
create index substance_by_base on catalogue.substance (base_id) where base_id is not null;
create index substance_by_prefix on catalogue.substance (name text_pattern_ops);

-- The "generic": what two brands share when they are the same medicine.
create table catalogue.clinical_drug (
  id integer generated always as identity primary key,
  equivalence_key text not null unique check (length(equivalence_key) <= 2000),
  form text not null,
  release text not null check (release in ('immediate', 'modified', 'delayed')),
  route text not null,
  composition text not null,
  created_at timestamptz not null default kernel.now()
);

create table catalogue.clinical_drug_salt (
  clinical_drug_id integer not null references catalogue.clinical_drug (id),
  position smallint not null check (position between 1 and 60),
  substance_id integer not null references catalogue.substance (id),
  -- As printed ("125 mg/5 ml") and as compared ("25mg/ml"); empty when the list names no strength.
  strength text not null,
  strength_key text not null,
  primary key (clinical_drug_id, position)
);
create index clinical_drug_by_substance on catalogue.clinical_drug_salt (substance_id, clinical_drug_id);

create table catalogue.manufacturer (
  id integer generated always as identity primary key,
  -- Lower case without "Pvt Ltd" and punctuation, so that spellings of one firm meet.
  name_key text not null unique,
  name text not null,
  created_at timestamptz not null default kernel.now()
);

create table catalogue.medicine (
  id integer generated always as identity primary key,
  clinical_drug_id integer references catalogue.clinical_drug (id),
  name text not null check (length(name) between 1 and 300),
  name_key text not null,
  manufacturer_id integer references catalogue.manufacturer (id),
  marketer_id integer references catalogue.manufacturer (id),
  kind text not null check (kind in ('drug', 'device', 'cosmetic', 'food', 'other')),
  form text not null,
  composition text not null,
  -- 'incomplete': the list cut off further salts, so nobody may conclude that the rest is harmless.
  composition_state text not null check (composition_state in ('stated', 'incomplete', 'absent')),
  hsn text check (hsn ~ '^[0-9]{4,8}$'),
  storage_class text not null default 'room' check (storage_class in ('frozen', 'cold', 'cool', 'room')),
  storage_text text,
  country_of_origin text,
  category text,
  is_sample boolean not null,
  source text not null,
  created_at timestamptz not null default kernel.now(),
  changed_at timestamptz not null default kernel.now(),
  unique nulls not distinct (name_key, manufacturer_id)
);
create index medicine_by_drug on catalogue.medicine (clinical_drug_id);
create index medicine_by_manufacturer on catalogue.medicine (manufacturer_id);
create index medicine_by_marketer on catalogue.medicine (marketer_id) where marketer_id is not null;
create index medicine_by_name on catalogue.medicine (name_key text_pattern_ops);
create index medicine_by_category on catalogue.medicine (category) where category is not null;
create index medicine_by_word on catalogue.medicine
  using gin (to_tsvector('simple', name_key || ' ' || composition));
create index medicine_by_trigram on catalogue.medicine using gin (name_key gin_trgm_ops);

create table catalogue.pack (
  id uuid primary key,
  medicine_id integer not null references catalogue.medicine (id),
  -- Together with the medicine the natural key: importing the same list twice finds the same pack.
  pack_key text not null,
  label text not null,
  base_unit text not null,
  units_per_pack integer not null check (units_per_pack between 1 and 100000),
  -- The last MRP seen on goods or in a list; a batch's own MRP still binds what it is sold at.
  mrp_paise bigint check (mrp_paise between 1 and 10000000000),
  -- Today's price, kept equal to the newest row of catalogue.price, so that brands can be compared by index.
  price_paise bigint check (price_paise between 1 and 10000000000),
  unit_price_milli_paise bigint generated always as (price_paise * 1000 / units_per_pack) stored,
  is_discontinued boolean not null default false,
  popularity real not null default 0,
  created_at timestamptz not null default kernel.now(),
  changed_at timestamptz not null default kernel.now(),
  unique (medicine_id, pack_key),
  check (price_paise is null or mrp_paise is null or price_paise <= mrp_paise)
);
create index pack_by_popularity on catalogue.pack (popularity desc, id) where not is_discontinued;

-- Every price that was ever asked, for the question "what did it cost that day".
create table catalogue.price (
  pack_id uuid not null references catalogue.pack (id),
  from_day date not null,
  number smallint not null default 1,
  price_paise bigint not null check (price_paise between 1 and 10000000000),
  mrp_paise bigint not null check (mrp_paise between 1 and 10000000000),
  source text not null,
  at timestamptz not null default kernel.now(),
  primary key (pack_id, from_day, number),
  check (price_paise <= mrp_paise)
);
create trigger price_append_only before update or delete or truncate on catalogue.price
  for each statement execute function kernel.refuse_change();

-- Dated membership of a schedule. 'none' is a statement too: somebody looked and it is in no list.
create table catalogue.schedule_rule (
  id integer generated always as identity primary key,
  substance_id integer not null references catalogue.substance (id),
  scheme text not null check (scheme in ('none', 'G', 'H', 'H1', 'X', 'C', 'C1', 'NDPS_NARCOTIC',
    'NDPS_PSYCHOTROPIC', 'ESSENTIAL_NARCOTIC', 'MTP', 'PUNJAB_2021', 'K', 'H2')),
  -- H1 spares external use except eye, ear and nose; 'none' never speaks for injections.
  applies_to text not null default 'all'
    check (applies_to in ('all', 'not_external', 'not_injection')),
  effective_from date not null,
  effective_to date,
  source_citation text not null check (length(source_citation) > 0),
  recorded_by text not null,
  recorded_at timestamptz not null default kernel.now(),
  check (effective_to > effective_from),
  exclude using gist (substance_id with =, scheme with =,
    daterange(effective_from, effective_to, '[)') with &&)
);

-- GST by the longest matching prefix of the HSN on the day of the invoice.
create table catalogue.tax_rate (
  id integer generated always as identity primary key,
  hsn_prefix text not null check (hsn_prefix ~ '^[0-9]{2,8}$'),
  rate_basis_points integer not null check (rate_basis_points between 0 and 2800),
  effective_from date not null,
  effective_to date,
  notification text not null,
  check (effective_to > effective_from),
  exclude using gist (hsn_prefix with =, daterange(effective_from, effective_to, '[)') with &&)
);

create table catalogue.import_run (
  id uuid primary key,
  source text not null,
  file_name text not null,
  file_sha256 text not null,
  rows_read integer not null,
  rows_accepted integer not null,
  rows_rejected integer not null,
  packs_added integer not null,
  packs_changed integer not null,
  started_at timestamptz not null,
  finished_at timestamptz not null default kernel.now()
);

grant usage on schema catalogue to janta_app;
grant select, insert, update on catalogue.substance, catalogue.clinical_drug, catalogue.clinical_drug_salt,
  catalogue.manufacturer, catalogue.medicine, catalogue.pack, catalogue.schedule_rule, catalogue.tax_rate
  to janta_app;
grant select, insert on catalogue.price, catalogue.import_run to janta_app;
