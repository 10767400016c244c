-- Cash: what is due at the door and what came of it, and the drawer, shift by shift, counted note by note.

create table payments.door_due (
  order_id uuid primary key,
  person_id uuid not null,
  amount_paise bigint not null check (amount_paise between 1 and 9007199254740991),
  state text not null default 'expected' check (state in ('expected', 'cash', 'upi', 'refused')),
  expected_at timestamptz not null default kernel.now(),
  decided_at timestamptz,
  decided_by uuid,
  -- The bank's number of a UPI payment (RRN): one payment is shown once, however often its picture is.
  bank_reference text unique check (bank_reference ~ '^[0-9]{12}$'),
  -- Cash is with the rider until a shift has it.
  shift_id uuid,
  check ((state = 'expected') = (decided_at is null)),
  check ((state = 'upi') = (bank_reference is not null)),
  check (shift_id is null or state = 'cash')
);
create index door_due_of_person on payments.door_due (person_id, decided_at) where state = 'refused';
create index door_cash_out on payments.door_due (decided_at) where state = 'cash' and shift_id is null;
create index door_expected on payments.door_due (expected_at) where state = 'expected';

create table payments.drawer_shift (
  id uuid primary key,
  drawer text not null default 'main' check (length(drawer) between 1 and 40),
  opened_at timestamptz not null default kernel.now(),
  opened_by uuid not null,
  float_paise bigint not null check (float_paise between 0 and 9007199254740991),
  closed_at timestamptz,
  closed_by uuid,
  expected_paise bigint,
  counted_paise bigint check (counted_paise >= 0),
  variance_reason text check (length(variance_reason) between 1 and 200),
  check (num_nonnulls(closed_at, closed_by, expected_paise, counted_paise) in (0, 4))
);
create unique index drawer_open_once on payments.drawer_shift (drawer) where closed_at is null;
create index drawer_shift_by_time on payments.drawer_shift (opened_at desc, id);
alter table payments.door_due add constraint door_due_shift foreign key (shift_id) references payments.drawer_shift;
create index door_due_of_shift on payments.door_due (shift_id) where shift_id is not null;

-- Everything that goes into a drawer (positive) or out of it (negative).
create table payments.drawer_movement (
  id uuid primary key,
  shift_id uuid not null references payments.drawer_shift,
  kind text not null check (kind in ('door_cash', 'sale', 'paid_in', 'payout', 'to_bank', 'refund')),
  amount_paise bigint not null check (amount_paise <> 0),
  order_id uuid,
  note text check (length(note) between 1 and 200),
  at timestamptz not null default kernel.now(),
  actor_id uuid not null,
  check ((amount_paise > 0) = (kind in ('door_cash', 'sale', 'paid_in')))
);
create index drawer_movement_of_shift on payments.drawer_movement (shift_id, at, id);
create unique index door_cash_once on payments.drawer_movement (order_id) where kind = 'door_cash';
create trigger drawer_movement_append_only before update or delete or truncate on payments.drawer_movement
  for each statement execute function kernel.refuse_change();

create table payments.drawer_count (
  shift_id uuid not null references payments.drawer_shift,
  denomination_paise integer not null
    check (denomination_paise = any (array[50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100])),
  pieces integer not null check (pieces between 0 and 100000),
  primary key (shift_id, denomination_paise)
);
create trigger drawer_count_append_only before update or delete or truncate on payments.drawer_count
  for each statement execute function kernel.refuse_change();

-- Claimed before it is written to its order, so that two at once are told apart without an error.
create table payments.upi_reference (
  bank_reference text primary key check (bank_reference ~ '^[0-9]{12}$'),
  order_id uuid not null,
  at timestamptz not null default kernel.now()
);

-- The gateway's own account of what it paid into our bank account.
create table payments.settlement_report (
  id uuid primary key,
  file_name text not null check (length(file_name) between 1 and 200),
  file_hash bytea not null unique check (length(file_hash) = 32),
  uploaded_at timestamptz not null default kernel.now(),
  uploaded_by uuid not null
);
create index settlement_report_by_time on payments.settlement_report (uploaded_at desc, id);

create table payments.settlement_line (
  report_id uuid not null references payments.settlement_report,
  line integer not null check (line > 0),
  entity_id text not null check (length(entity_id) between 1 and 64),
  kind text not null check (kind in ('payment', 'refund', 'adjustment')),
  amount_paise bigint not null,
  fee_paise bigint not null,
  tax_paise bigint not null,
  -- What reached the bank account; negative for a refund.
  net_paise bigint not null,
  settlement_id text check (length(settlement_id) <= 64),
  bank_reference text check (length(bank_reference) <= 64),
  settled_on date,
  -- Judged when it was read: against our books of that moment.
  verdict text not null check (verdict in ('matched', 'extra', 'amount_differs', 'repeated', 'other')),
  primary key (report_id, line)
);
create index settlement_line_by_entity on payments.settlement_line (entity_id);
create trigger settlement_line_append_only before update or delete or truncate on payments.settlement_line
  for each statement execute function kernel.refuse_change();

-- PostgreSQL counts repetitions to 255 only: the first check could never be asked.
alter table payments.setting drop constraint setting_upi_payee_address_check,
  add constraint setting_upi_payee_address check (upi_payee_address ~ '^[A-Za-z0-9._-]{2,64}@[A-Za-z][A-Za-z0-9]{1,31}$');

grant select, insert, update (state, decided_at, decided_by, bank_reference, shift_id) on payments.door_due to janta_app;
grant select, insert, update (closed_at, closed_by, expected_paise, counted_paise, variance_reason)
  on payments.drawer_shift to janta_app;
grant select, insert on payments.upi_reference, payments.drawer_movement, payments.drawer_count, payments.settlement_report,
  payments.settlement_line to janta_app;
