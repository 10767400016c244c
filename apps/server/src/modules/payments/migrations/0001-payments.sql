-- Money that comes and goes back: one intent an order, the gateway's payments under it, and refunds that can never be
-- more than what was captured.

create table payments.intent (
  id uuid primary key,
  order_id uuid not null unique,
  person_id uuid not null,
  state text not null default 'created'
    check (state in ('created', 'failed', 'expired', 'authorised', 'captured', 'part_refunded', 'refunded')),
  -- The gateway takes no less than one rupee.
  amount_paise bigint not null check (amount_paise between 100 and 9007199254740991),
  opened_at timestamptz not null default kernel.now(),
  -- Until then the customer may pay; what comes later is late.
  expires_at timestamptz not null,
  -- The order was given up: a capture after it goes back by itself.
  closed_at timestamptz,
  -- Set before the gateway is asked for an order, so that an answer that was lost is looked for and not asked for again.
  gateway_asked_at timestamptz,
  gateway_order_id text unique check (length(gateway_order_id) between 1 and 64),
  -- The payment that pays the order; a second one goes back.
  paid_by text,
  -- When the reconciler last asked the gateway about it.
  looked_at timestamptz,
  check (gateway_order_id is null or gateway_asked_at is not null),
  check ((paid_by is not null) = (state in ('captured', 'part_refunded', 'refunded')))
);
create index intent_unsettled on payments.intent (opened_at)
  where state in ('created', 'failed', 'expired', 'authorised') and gateway_order_id is not null;
create index intent_payable on payments.intent (expires_at) where state in ('created', 'failed', 'authorised');

-- The last line: whatever is told twice, late or in the wrong order, no state is ever left backwards.
create function payments.refuse_backward() returns trigger language plpgsql as $$
begin
  if new.state <> old.state and not (new.state = any (case old.state
    when 'created' then array['failed', 'expired', 'authorised', 'captured']
    when 'failed' then array['expired', 'authorised', 'captured']
    when 'expired' then array['authorised', 'captured']
    when 'authorised' then array['expired', 'captured']
    when 'captured' then array['part_refunded', 'refunded']
    when 'part_refunded' then array['refunded']
    else array[]::text[] end))
  then
    raise exception 'an intent does not go from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger intent_forward before update of state on payments.intent
  for each row execute function payments.refuse_backward();

-- One try to pay, known by the gateway's id.
create table payments.payment (
  id text primary key check (length(id) between 1 and 64),
  intent_id uuid not null references payments.intent,
  state text not null check (state in ('created', 'failed', 'authorised', 'captured')),
  amount_paise bigint not null check (amount_paise between 0 and 9007199254740991),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  method text check (method ~ '^[a-z_]{1,20}$'),
  -- The bank's own number of the payment (RRN); says nothing about anybody.
  bank_reference text check (length(bank_reference) between 1 and 64),
  first_seen_at timestamptz not null default kernel.now(),
  captured_at timestamptz,
  captured_paise bigint not null default 0 check (captured_paise between 0 and amount_paise),
  -- Everything promised back, sent or not; and what the bank says it has given.
  promised_paise bigint not null default 0,
  refunded_paise bigint not null default 0 check (refunded_paise >= 0),
  -- Why it waits for a person: money of another amount or currency than the order's.
  held_reason text check (held_reason in ('amount_differs', 'currency_differs', 'refund_differs')),
  held_at timestamptz,
  released_at timestamptz,
  released_by uuid,
  -- Never more than captured, however many refunds are asked for at once.
  constraint payment_never_over_refunded check (promised_paise between 0 and captured_paise),
  check (refunded_paise <= promised_paise),
  check ((state = 'captured') = (captured_at is not null)),
  check (captured_paise = 0 or state = 'captured'),
  check ((held_reason is null) = (held_at is null))
);
create index payment_of_intent on payments.payment (intent_id, first_seen_at);
create index payment_held on payments.payment (held_at) where held_at is not null and released_at is null;
create index payment_captured on payments.payment (captured_at) where captured_at is not null;
alter table payments.intent add constraint intent_paid_by foreign key (paid_by) references payments.payment;
create index intent_by_payment on payments.intent (paid_by) where paid_by is not null;

-- Each state of each payment is taken once, whoever tells it first.
create table payments.payment_seen (
  id bigint generated always as identity primary key,
  payment_id text not null references payments.payment,
  state text not null,
  told_by text not null check (told_by in ('redirect', 'webhook', 'reconciler', 'capture')),
  at timestamptz not null default kernel.now(),
  unique (payment_id, state)
);
create trigger payment_seen_append_only before update or delete or truncate on payments.payment_seen
  for each statement execute function kernel.refuse_change();

create table payments.refund (
  id uuid primary key,
  intent_id uuid not null references payments.intent,
  payment_id text not null references payments.payment,
  amount_paise bigint not null check (amount_paise > 0),
  reason text not null check (length(reason) between 1 and 40),
  -- Whoever asks names the cause: the same cause never pays twice.
  key text not null check (length(key) between 1 and 100),
  state text not null default 'asked'
    check (state in ('proposed', 'asked', 'sent', 'failed', 'settled', 'withdrawn')),
  note text check (length(note) between 1 and 200),
  asked_at timestamptz not null default kernel.now(),
  asked_by uuid,
  decided_by uuid,
  -- A try keeps its key, made of this refund and this number, until the bank has said no to it.
  tries integer not null default 1 check (tries >= 1),
  gateway_refund_id text unique,
  sent_at timestamptz,
  settled_at timestamptz,
  failed_at timestamptz,
  alarmed_at timestamptz,
  -- ARN, RRN or UTR: what the customer can read out to his bank.
  bank_reference text check (length(bank_reference) between 1 and 64),
  -- The clock the customer sees, in working days of India.
  expected_by date,
  check ((state = 'settled') = (settled_at is not null)),
  unique (intent_id, key)
);
create index refund_of_payment on payments.refund (payment_id, asked_at);
create index refund_to_send on payments.refund (asked_at) where state in ('asked', 'sent', 'failed');
create index refund_unsettled on payments.refund (expected_by) where state in ('proposed', 'asked', 'sent', 'failed');

create table payments.refund_seen (
  id bigint generated always as identity primary key,
  refund_id uuid not null references payments.refund,
  state text not null,
  gateway_refund_id text,
  note text check (length(note) <= 200),
  actor_id uuid,
  at timestamptz not null default kernel.now()
);
create index refund_seen_of_refund on payments.refund_seen (refund_id, id);
create trigger refund_seen_append_only before update or delete or truncate on payments.refund_seen
  for each statement execute function kernel.refuse_change();

-- What the gateway sent and signed, kept without the customer's particulars: only ids, states and amounts.
create table payments.webhook (
  event_id text primary key check (length(event_id) between 1 and 100),
  -- The id is not signed, the body is: a body sent again under another id is the same event.
  body_hash bytea not null unique check (length(body_hash) = 32),
  name text not null check (length(name) between 1 and 60),
  snapshot jsonb not null,
  said_at timestamptz not null,
  received_at timestamptz not null default kernel.now(),
  worked_at timestamptz
);
create index webhook_unworked on payments.webhook (received_at) where worked_at is null;

-- The pharmacy's own numbers, one row; changes are audited.
create table payments.setting (
  is_one boolean primary key default true check (is_one),
  -- From this amount on a refund by staff needs a second person.
  second_look_from_paise bigint not null default 100000 check (second_look_from_paise >= 0),
  refund_working_days integer not null default 7 check (refund_working_days between 1 and 30),
  cash_cap_paise bigint not null default 250000 check (cash_cap_paise >= 0),
  -- So many orders refused at the door within half a year, and the next is paid in advance.
  cash_refusals_max integer not null default 2 check (cash_refusals_max between 0 and 100),
  upi_payee_address text check (upi_payee_address ~ '^[A-Za-z0-9._-]{2,256}@[A-Za-z][A-Za-z0-9]{1,63}$'),
  upi_payee_name text check (length(upi_payee_name) between 1 and 50),
  -- A difference of the drawer above this needs a reason in words.
  drawer_tolerance_paise bigint not null default 1000 check (drawer_tolerance_paise >= 0),
  settlement_working_days integer not null default 3 check (settlement_working_days between 1 and 30)
);
insert into payments.setting default values;

grant usage on schema payments to janta_app;
grant select, insert, update (state, closed_at, gateway_asked_at, gateway_order_id, paid_by, looked_at)
  on payments.intent to janta_app;
grant select, insert, update (state, method, bank_reference, captured_at, captured_paise, promised_paise,
  refunded_paise, held_reason, held_at, released_at, released_by) on payments.payment to janta_app;
grant select, insert on payments.payment_seen, payments.refund_seen to janta_app;
grant select, insert, update (state, decided_by, tries, gateway_refund_id, sent_at, settled_at, failed_at,
  alarmed_at, bank_reference, expected_by) on payments.refund to janta_app;
grant select, insert, update (worked_at) on payments.webhook to janta_app;
grant select, update on payments.setting to janta_app;
