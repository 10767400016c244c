-- What is bought, from whom, at what cost, and what goes back. The goods themselves enter and leave by the stock ledger;
-- here stands the paper: licences, orders, bills, debit notes.

create table purchasing.policy (
  is_the_one boolean primary key default true check (is_the_one),
  -- Distributors' programs round each line and each tax: a bill may differ from the exact sum by so much in all.
  bill_tolerance_paise bigint not null default 100 check (bill_tolerance_paise between 0 and 10000),
  -- Goods that live shorter are refused at the door unless the supplier's promise is noted.
  min_life_days integer not null default 180 check (min_life_days between 0 and 1000),
  -- Stock is bought to last so many days beyond the supplier's own, with so many in reserve for a good week.
  cover_days integer not null default 15 check (cover_days between 1 and 365),
  safety_days integer not null default 5 check (safety_days between 0 and 365)
);
insert into purchasing.policy (is_the_one) values (true);

create table purchasing.supplier (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  name_key text not null unique check (name_key = upper(btrim(name_key))),
  gstin text check (gstin ~ '^[0-9]{2}[A-Z0-9]{13}$'),
  phone text check (length(phone) between 5 and 20),
  address text not null default '' check (length(address) <= 300),
  lead_days integer not null check (lead_days between 0 and 90),
  -- Expired goods are taken back from so many days before the expiry to so many after it.
  claim_before_days integer not null check (claim_before_days between 0 and 720),
  claim_after_days integer not null check (claim_after_days between 0 and 720)
);

-- A licence as it was known on a day; the newest row of a form and number is what is known now.
create table purchasing.supplier_licence (
  id uuid primary key,
  supplier_id uuid not null references purchasing.supplier,
  form text not null check (form in ('20B', '21B', '20G', '20', '21', '25', '28')),
  number text not null check (length(number) between 1 and 40),
  status text not null check (status in ('in_force', 'suspended', 'cancelled', 'unknown')),
  -- Licences are perpetual since 2017, so most have none.
  valid_to date,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid
);
create index supplier_licence_by_supplier on purchasing.supplier_licence (supplier_id, form, number, id);
create trigger supplier_licence_append_only before update or delete or truncate on purchasing.supplier_licence
  for each statement execute function kernel.refuse_change();

-- An administrator answers for one bill of a supplier whose licence is in doubt.
create table purchasing.licence_override (
  id uuid primary key,
  supplier_id uuid not null references purchasing.supplier,
  bill_key text not null check (bill_key = upper(btrim(bill_key))),
  reason text not null check (length(reason) between 3 and 200),
  given_by uuid not null,
  given_at timestamptz not null default kernel.now()
);
create index licence_override_by_bill on purchasing.licence_override (supplier_id, bill_key);
create trigger licence_override_append_only before update or delete or truncate on purchasing.licence_override
  for each statement execute function kernel.refuse_change();

create table purchasing.purchase_order (
  id uuid primary key,
  serial bigint generated always as identity unique,
  supplier_id uuid not null references purchasing.supplier,
  state text not null default 'draft'
    check (state in ('draft', 'sent', 'part_received', 'closed', 'cancelled')),
  created_at timestamptz not null default kernel.now(),
  created_by uuid,
  sent_at timestamptz,
  ended_at timestamptz,
  end_reason text check (length(end_reason) between 3 and 200),
  check ((state in ('closed', 'cancelled')) = (ended_at is not null))
);
create index purchase_order_by_state on purchasing.purchase_order (state, serial);
create index purchase_order_by_supplier on purchasing.purchase_order (supplier_id);

create table purchasing.order_line (
  order_id uuid not null references purchasing.purchase_order on delete cascade,
  pack_id uuid not null,
  place integer not null check (place between 1 and 200),
  packs integer not null check (packs between 1 and 100000),
  rate_paise bigint check (rate_paise between 0 and 10000000000),
  primary key (order_id, pack_id)
);
create index order_line_by_pack on purchasing.order_line (pack_id);

-- A supplier's bill with the goods that came with it; `id` is the goods receipt of the stock ledger.
create table purchasing.bill (
  id uuid primary key,
  supplier_id uuid not null references purchasing.supplier,
  order_id uuid references purchasing.purchase_order,
  licence_override_id uuid references purchasing.licence_override,
  bill_number text not null check (length(bill_number) between 1 and 40),
  bill_key text not null check (bill_key = upper(btrim(bill_key))),
  bill_date date not null,
  charges_paise bigint not null check (charges_paise >= 0),
  bill_discount_paise bigint not null check (bill_discount_paise >= 0),
  rounding_paise bigint not null check (rounding_paise between -100 and 100),
  taxable_paise bigint not null check (taxable_paise >= 0),
  gst_paise bigint not null check (gst_paise >= 0),
  total_paise bigint not null check (total_paise >= 0),
  printed_total_paise bigint not null check (printed_total_paise >= 0),
  received_at timestamptz not null default kernel.now(),
  received_by uuid,
  constraint bill_once unique (supplier_id, bill_key)
);
create index bill_by_order on purchasing.bill (order_id);
create index bill_by_override on purchasing.bill (licence_override_id);
create index bill_by_time on purchasing.bill (received_at, id);
create trigger bill_append_only before update or delete or truncate on purchasing.bill
  for each statement execute function kernel.refuse_change();

create table purchasing.bill_line (
  batch_id uuid primary key,
  bill_id uuid not null references purchasing.bill,
  place integer not null check (place between 1 and 200),
  pack_id uuid not null,
  units_per_pack integer not null check (units_per_pack > 0),
  billed_packs integer not null check (billed_packs >= 0),
  free_packs integer not null check (free_packs >= 0),
  good_packs integer not null check (good_packs >= 0),
  damaged_packs integer not null check (damaged_packs >= 0),
  mrp_paise bigint not null check (mrp_paise > 0),
  rate_paise bigint not null check (rate_paise >= 0),
  discount_basis_points integer not null check (discount_basis_points between 0 and 10000),
  gst_basis_points integer not null check (gst_basis_points between 0 and 4000),
  taxable_paise bigint not null check (taxable_paise >= 0),
  gst_paise bigint not null check (gst_paise >= 0),
  -- What the goods of this line cost the shop in all, its share of charges and discount included, GST left out
  -- because it is set off. Shared over the units that came, free ones too.
  landed_paise bigint not null check (landed_paise >= 0),
  flags text[] not null default '{}',
  short_expiry_reason text check (length(short_expiry_reason) between 3 and 200),
  unique (bill_id, place)
);
create index bill_line_by_pack on purchasing.bill_line (pack_id, batch_id);
create trigger bill_line_append_only before update or delete or truncate on purchasing.bill_line
  for each statement execute function kernel.refuse_change();

-- What a supplier calls a pack on his bills, learned from the bills already received.
create table purchasing.supplier_item (
  supplier_id uuid not null references purchasing.supplier,
  item_key text not null check (length(item_key) between 1 and 200),
  pack_id uuid not null,
  primary key (supplier_id, item_key)
);

-- The next number of a series in a financial year. The row is locked until the document commits, so none is lost.
create table purchasing.number_series (
  series text not null,
  financial_year text not null check (financial_year ~ '^\d{2}-\d{2}$'),
  last_number integer not null check (last_number > 0),
  primary key (series, financial_year)
);

create table purchasing.debit_note (
  id uuid primary key,
  number text not null unique check (number ~ '^[A-Za-z0-9/-]{1,16}$'),
  supplier_id uuid not null references purchasing.supplier,
  kind text not null check (kind in ('expiry_claim', 'damaged', 'wrong_supply', 'recall')),
  reason text not null check (length(reason) between 3 and 200),
  issued_on date not null,
  issued_at timestamptz not null default kernel.now(),
  issued_by uuid,
  taxable_paise bigint not null check (taxable_paise >= 0),
  gst_paise bigint not null check (gst_paise >= 0)
);
create index debit_note_by_supplier on purchasing.debit_note (supplier_id);
create trigger debit_note_append_only before update or delete or truncate on purchasing.debit_note
  for each statement execute function kernel.refuse_change();

create table purchasing.debit_line (
  id uuid primary key,
  debit_note_id uuid not null references purchasing.debit_note,
  batch_id uuid not null references purchasing.bill_line,
  units integer not null check (units > 0),
  taxable_paise bigint not null check (taxable_paise >= 0),
  gst_paise bigint not null check (gst_paise >= 0)
);
create index debit_line_by_note on purchasing.debit_line (debit_note_id);
create index debit_line_by_batch on purchasing.debit_line (batch_id);
create trigger debit_line_append_only before update or delete or truncate on purchasing.debit_line
  for each statement execute function kernel.refuse_change();

create table purchasing.reorder_level (
  pack_id uuid primary key,
  min_packs integer not null check (min_packs between 0 and 100000),
  max_packs integer not null check (max_packs between min_packs and 100000)
);

grant usage on schema purchasing to janta_app;
grant select on purchasing.policy to janta_app;
grant select, insert, update on purchasing.supplier, purchasing.supplier_item, purchasing.number_series to janta_app;
grant select, insert on purchasing.supplier_licence, purchasing.licence_override, purchasing.bill,
  purchasing.bill_line, purchasing.debit_note, purchasing.debit_line to janta_app;
grant select, insert, update (state, sent_at, ended_at, end_reason) on purchasing.purchase_order to janta_app;
grant select, insert, delete on purchasing.order_line to janta_app;
grant select, insert, update, delete on purchasing.reorder_level to janta_app;
