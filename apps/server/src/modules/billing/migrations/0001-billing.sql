-- What was sold at which price and tax. A document is written once, in the transaction that lets the goods go, and
-- never changes: a mistake is cancelled on the same day's books or credited by another document.

-- Who sells, as it stood from a day on: printed on every document of that time (Drugs Rules 65(4)(3), GST rule 46).
create table billing.seller (
  id uuid primary key,
  store_id uuid not null,
  effective_from date not null,
  legal_name text not null check (length(legal_name) between 1 and 120),
  trade_name text not null check (length(trade_name) between 1 and 120),
  address_lines text[] not null check (cardinality(address_lines) between 1 and 4),
  pin text not null check (pin ~ '^[1-8][0-9]{5}$'),
  state_code text not null check (state_code ~ '^[0-9]{2}$'),
  gstin text not null check (gstin ~ '^[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]$'),
  -- Form and number of each, such as '20: MP/IND/20/1234'.
  drug_licences text[] not null check (cardinality(drug_licences) between 1 and 8),
  fssai_number text check (fssai_number ~ '^[0-9]{14}$'),
  phone text check (length(phone) between 5 and 30),
  email text check (length(email) between 3 and 120),
  -- Four digits of the HSN up to Rs 5 crore of turnover a year, six above.
  hsn_digits integer not null check (hsn_digits in (4, 6)),
  -- Whether the fee for delivery is a service of its own or takes the rate of the goods it came with.
  delivery_treatment text not null check (delivery_treatment in ('own_service', 'follows_goods')),
  is_sample boolean not null default false,
  recorded_by uuid,
  recorded_at timestamptz not null default kernel.now(),
  request_id text not null,
  check (left(gstin, 2) = state_code)
);
create index seller_by_store on billing.seller (store_id, effective_from desc, id desc);

-- Rates the tariff does not carry: of one product a notification names, or of a service.
create table billing.tax_rate (
  id uuid primary key,
  pack_id uuid,
  service_code text check (service_code ~ '^99[0-9]{2,4}$'),
  rate_basis_points integer not null check (rate_basis_points between 0 and 2800),
  effective_from date not null,
  effective_to date,
  notification text not null check (length(notification) between 1 and 200),
  recorded_by uuid,
  recorded_at timestamptz not null default kernel.now(),
  request_id text not null,
  check (num_nonnulls(pack_id, service_code) = 1),
  check (effective_to > effective_from),
  exclude using gist (pack_id with =, daterange(effective_from, effective_to, '[)') with &&) where (pack_id is not null),
  exclude using gist (service_code with =, daterange(effective_from, effective_to, '[)') with &&)
    where (service_code is not null)
);
insert into billing.tax_rate (id, service_code, rate_basis_points, effective_from, notification, request_id)
values ('01900000-0000-7000-8000-00000000b111', '9968', 1800, '2017-07-01',
  'Local delivery as a service of its own; accountant confirms', 'migration');

-- One series for each registration, store and kind of document; the prefix is theirs for good.
create table billing.series (
  gstin text not null,
  prefix text not null check (prefix ~ '^[A-Z][A-Z0-9]{0,3}$'),
  store_id uuid not null,
  kind text not null
    check (kind in ('tax_invoice', 'bill_of_supply', 'invoice_cum_bill', 'credit_note', 'debit_note')),
  primary key (gstin, prefix),
  unique (gstin, store_id, kind)
);

-- The row is locked until its document commits, so numbers follow one another without a gap and none is given twice.
create table billing.counter (
  gstin text not null,
  prefix text not null,
  financial_year text not null check (financial_year ~ '^[0-9]{2}-[0-9]{2}$'),
  last_number integer not null check (last_number > 0),
  primary key (gstin, prefix, financial_year),
  foreign key (gstin, prefix) references billing.series
);

create table billing.invoice (
  id uuid primary key,
  number text not null check (number ~ '^[A-Z][A-Z0-9/-]{0,15}$'),
  gstin text not null,
  prefix text not null,
  financial_year text not null check (financial_year ~ '^[0-9]{2}-[0-9]{2}$'),
  serial integer not null check (serial > 0),
  kind text not null check (kind in ('tax_invoice', 'bill_of_supply', 'invoice_cum_bill')),
  order_id uuid not null,
  -- The cancelled invoice this one stands for; the first of an order stands for none.
  replaces_id uuid unique references billing.invoice,
  store_id uuid not null,
  seller_id uuid not null references billing.seller,
  -- Whose it is; null for somebody at the counter who left no account.
  person_id uuid,
  payment_method text not null check (payment_method in ('cash_on_delivery', 'prepaid')),
  recipient_name text not null check (length(recipient_name) between 1 and 120),
  recipient_address text[] not null,
  recipient_district text not null,
  recipient_pin text not null,
  recipient_gstin text,
  place_of_supply text not null check (place_of_supply ~ '^[0-9]{2}$'),
  split text not null check (split in ('intra_state', 'intra_union', 'inter')),
  language text not null check (language in ('en', 'hi')),
  gross_paise bigint not null check (gross_paise >= 0),
  discount_paise bigint not null check (discount_paise between 0 and gross_paise),
  net_paise bigint not null check (net_paise = gross_paise - discount_paise),
  taxable_paise bigint not null,
  cgst_paise bigint not null check (cgst_paise >= 0),
  sgst_paise bigint not null check (sgst_paise = cgst_paise),
  igst_paise bigint not null check (igst_paise >= 0),
  round_off_paise bigint not null check (round_off_paise between -99 and 49),
  total_paise bigint not null check (total_paise >= 0 and total_paise = net_paise + round_off_paise),
  pharmacist_name text,
  pharmacist_registration text,
  issued_on date not null,
  issued_at timestamptz not null,
  issued_by uuid,
  request_id text not null,
  -- The layout it is printed in; a later one never changes how this one looks.
  layout integer not null default 1,
  check (net_paise = taxable_paise + cgst_paise + sgst_paise + igst_paise),
  check (case split when 'inter' then cgst_paise = 0 else igst_paise = 0 end),
  check (payment_method = 'cash_on_delivery' or round_off_paise = 0),
  check (issued_on = (issued_at at time zone 'Asia/Kolkata')::date),
  check ((pharmacist_name is null) = (pharmacist_registration is null)),
  unique (gstin, financial_year, number),
  unique (gstin, prefix, financial_year, serial)
);
create unique index invoice_first_of_order on billing.invoice (order_id) where replaces_id is null;
create index invoice_by_order on billing.invoice (order_id);
create index invoice_by_day on billing.invoice (issued_on, id);
create index invoice_by_seller on billing.invoice (seller_id);

create table billing.invoice_line (
  id uuid primary key,
  invoice_id uuid not null references billing.invoice,
  place integer not null check (place between 1 and 200),
  -- Null for the fee for delivery, which is no line of the order.
  order_line integer,
  pack_id uuid,
  dispensing_id uuid unique,
  description text not null check (length(description) between 1 and 300),
  pack_label text not null,
  manufacturer text not null,
  hsn text not null check (hsn ~ '^[0-9]{4,8}$'),
  scheme_mark text,
  batch_id uuid,
  batch_number text,
  expiry_month text check (expiry_month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  packs integer not null check (packs > 0),
  units integer not null check (units > 0),
  units_per_pack integer not null check (units_per_pack > 0),
  uqc text not null check (uqc ~ '^[A-Z]{2,3}$'),
  uqc_quantity integer not null check (uqc_quantity > 0),
  mrp_paise bigint not null check (mrp_paise >= 0),
  price_paise bigint not null check (price_paise between 0 and mrp_paise),
  gross_paise bigint not null check (gross_paise >= 0),
  discount_paise bigint not null check (discount_paise >= 0),
  -- Its part of a discount given on the whole order, fixed here once and for all.
  share_paise bigint not null check (share_paise >= 0),
  net_paise bigint not null check (net_paise >= 0 and net_paise = gross_paise - discount_paise - share_paise),
  rate_basis_points integer not null check (rate_basis_points between 0 and 2800),
  taxable_paise bigint not null check (taxable_paise >= 0),
  cgst_paise bigint not null check (cgst_paise >= 0),
  sgst_paise bigint not null check (sgst_paise = cgst_paise),
  igst_paise bigint not null check (igst_paise >= 0),
  prescriber_name text,
  patient_name text,
  register_serial text,
  check (net_paise = taxable_paise + cgst_paise + sgst_paise + igst_paise),
  check (num_nulls(order_line, pack_id, dispensing_id, batch_id, batch_number, expiry_month) in (0, 6)),
  unique (invoice_id, place)
);

create table billing.credit_note (
  id uuid primary key,
  number text not null check (number ~ '^[A-Z][A-Z0-9/-]{0,15}$'),
  gstin text not null,
  prefix text not null,
  financial_year text not null check (financial_year ~ '^[0-9]{2}-[0-9]{2}$'),
  serial integer not null check (serial > 0),
  invoice_id uuid not null references billing.invoice,
  order_id uuid not null,
  store_id uuid not null,
  seller_id uuid not null references billing.seller,
  reason text not null check (length(reason) between 1 and 200),
  net_paise bigint not null check (net_paise >= 0),
  taxable_paise bigint not null,
  cgst_paise bigint not null check (cgst_paise >= 0),
  sgst_paise bigint not null check (sgst_paise = cgst_paise),
  igst_paise bigint not null check (igst_paise >= 0),
  round_off_paise bigint not null check (round_off_paise between -99 and 49),
  total_paise bigint not null check (total_paise >= 0 and total_paise = net_paise + round_off_paise),
  issued_on date not null,
  issued_at timestamptz not null,
  issued_by uuid,
  request_id text not null,
  layout integer not null default 1,
  check (net_paise = taxable_paise + cgst_paise + sgst_paise + igst_paise),
  check (issued_on = (issued_at at time zone 'Asia/Kolkata')::date),
  unique (gstin, financial_year, number),
  unique (gstin, prefix, financial_year, serial)
);
create index credit_note_by_invoice on billing.credit_note (invoice_id);
create index credit_note_by_order on billing.credit_note (order_id);
create index credit_note_by_day on billing.credit_note (issued_on, id);
create index credit_note_by_seller on billing.credit_note (seller_id);

create table billing.credit_line (
  id uuid primary key,
  credit_note_id uuid not null references billing.credit_note,
  invoice_line_id uuid not null references billing.invoice_line,
  place integer not null check (place between 1 and 200),
  units integer not null check (units > 0),
  uqc_quantity integer not null check (uqc_quantity >= 0),
  net_paise bigint not null check (net_paise >= 0),
  -- On amounts of a few paise a unit, cumulative rounding may take a paisa or two from one return to another.
  taxable_paise bigint not null check (taxable_paise >= -2),
  cgst_paise bigint not null check (cgst_paise >= 0),
  sgst_paise bigint not null check (sgst_paise = cgst_paise),
  igst_paise bigint not null check (igst_paise >= 0),
  check (net_paise = taxable_paise + cgst_paise + sgst_paise + igst_paise),
  unique (credit_note_id, invoice_line_id)
);
create index credit_line_by_line on billing.credit_line (invoice_line_id);

-- A number taken back before the goods left: it stays in its series, listed as cancelled (GSTR-1, table 13).
create table billing.cancellation (
  document_id uuid primary key references billing.invoice,
  reason text not null check (length(reason) between 3 and 200),
  cancelled_at timestamptz not null default kernel.now(),
  cancelled_by uuid,
  request_id text not null
);

-- The document as printed. The key names the hash of the bytes, so no other bytes can ever stand for it.
create table billing.document_file (
  document_id uuid primary key,
  key text not null unique check (key ~ '^issued/[A-Za-z0-9./-]+\.pdf$'),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes integer not null check (bytes > 0),
  rendered_at timestamptz not null default kernel.now()
);

create trigger seller_append_only before update or delete or truncate on billing.seller
  for each statement execute function kernel.refuse_change();
create trigger tax_rate_append_only before delete or truncate on billing.tax_rate
  for each statement execute function kernel.refuse_change();
create trigger series_append_only before update or delete or truncate on billing.series
  for each statement execute function kernel.refuse_change();
create trigger invoice_append_only before update or delete or truncate on billing.invoice
  for each statement execute function kernel.refuse_change();
create trigger invoice_line_append_only before update or delete or truncate on billing.invoice_line
  for each statement execute function kernel.refuse_change();
create trigger credit_note_append_only before update or delete or truncate on billing.credit_note
  for each statement execute function kernel.refuse_change();
create trigger credit_line_append_only before update or delete or truncate on billing.credit_line
  for each statement execute function kernel.refuse_change();
create trigger cancellation_append_only before update or delete or truncate on billing.cancellation
  for each statement execute function kernel.refuse_change();
create trigger document_file_append_only before update or delete or truncate on billing.document_file
  for each statement execute function kernel.refuse_change();

grant usage on schema billing to janta_app;
grant select, insert on billing.seller, billing.series, billing.invoice, billing.invoice_line, billing.credit_note,
  billing.credit_line, billing.cancellation, billing.document_file to janta_app;
-- An override ends when its notification does; nothing else of it may change.
grant select, insert, update (effective_to) on billing.tax_rate to janta_app;
-- A number only ever goes up, and no counter is ever taken away.
grant select, insert, update (last_number) on billing.counter to janta_app;
