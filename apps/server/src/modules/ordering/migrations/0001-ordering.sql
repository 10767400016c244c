-- Carts, and the orders they become: one order per cart, whatever is pressed twice.

create table ordering.cart (
  id uuid primary key,
  -- A cart is a person's, or a guest's known only by the hash of the token in its cookie.
  person_id uuid,
  token_hash bytea check (length(token_hash) = 32),
  state text not null default 'open' check (state in ('open', 'ordered', 'merged')),
  created_at timestamptz not null default kernel.now(),
  touched_at timestamptz not null default kernel.now(),
  check (state <> 'open' or num_nonnulls(person_id, token_hash) = 1)
);
create unique index cart_open_of_person on ordering.cart (person_id) where state = 'open';
create unique index cart_open_of_guest on ordering.cart (token_hash) where state = 'open';
create index cart_of_guest_by_age on ordering.cart (touched_at) where person_id is null;

create table ordering.cart_line (
  cart_id uuid not null references ordering.cart on delete cascade,
  pack_id uuid not null,
  quantity integer not null check (quantity between 1 and 99),
  -- What the customer was shown when the line was put in; null when the pack had no price.
  price_paise bigint check (price_paise between 0 and 9007199254740991),
  added_at timestamptz not null default kernel.now(),
  primary key (cart_id, pack_id)
);

-- Orders are called by their own number, which says nothing about anybody.
create sequence ordering.order_number as bigint start 10001;

create table ordering.order (
  id uuid primary key,
  number bigint not null unique default nextval('ordering.order_number'),
  person_id uuid not null,
  cart_id uuid not null references ordering.cart,
  cart_version text not null,
  state text not null default 'placed'
    check (state in ('placed', 'packed', 'out_for_delivery', 'delivered', 'returned', 'cancelled')),
  placed_at timestamptz not null default kernel.now(),
  -- The stock hold ends then; an order not packed by that time is cancelled.
  held_until timestamptz not null,
  promised_from timestamptz not null,
  promised_by timestamptz not null,
  store_id uuid not null,
  items_paise bigint not null check (items_paise between 0 and 9007199254740991),
  delivery_fee_paise bigint not null check (delivery_fee_paise between 0 and 9007199254740991),
  total_paise bigint not null generated always as (items_paise + delivery_fee_paise) stored,
  payment_method text not null check (payment_method = 'cash_on_delivery'),
  packs integer not null check (packs > 0),
  recipient_name text not null,
  mobile text not null check (mobile ~ '^\+91[6-9][0-9]{9}$'),
  line1 text not null,
  line2 text,
  landmark text,
  city text not null,
  pin text not null check (pin ~ '^[1-9][0-9]{5}$'),
  district text not null,
  region text not null,
  constraint order_once_per_cart unique (cart_id),
  check (promised_from <= promised_by)
);
create index order_of_person on ordering.order (person_id, placed_at desc, id desc);
create index order_by_state on ordering.order (state, placed_at, id);
create index order_held on ordering.order (held_until) where state = 'placed';

create table ordering.order_line (
  order_id uuid not null references ordering.order,
  line integer not null check (line between 1 and 50),
  pack_id uuid not null,
  -- Frozen as sold: a name corrected later must not rewrite what was ordered.
  name text not null,
  pack_label text not null,
  quantity integer not null check (quantity between 1 and 99),
  shown_price_paise bigint not null check (shown_price_paise between 0 and 9007199254740991),
  -- Charged for one pack: the price shown, or a batch's MRP where that is lower (DPCO 2013, para 26).
  price_paise bigint not null check (price_paise between 0 and shown_price_paise),
  amount_paise bigint not null generated always as (price_paise * quantity) stored,
  primary key (order_id, line),
  unique (order_id, pack_id)
);

-- The life of an order. A state is entered once, which the key proves whatever two requests do at once.
create table ordering.order_event (
  id bigint generated always as identity primary key,
  order_id uuid not null references ordering.order,
  state text not null
    check (state in ('placed', 'packed', 'out_for_delivery', 'delivered', 'returned', 'cancelled')),
  at timestamptz not null default kernel.now(),
  actor_kind text not null check (actor_kind in ('customer', 'staff', 'system')),
  actor_id uuid,
  -- Of a cancellation, one of the contract's reasons.
  reason text,
  -- What the act says in words: the rider, who received it, why it came back.
  note text check (length(note) between 1 and 200),
  collected_paise bigint check (collected_paise between 0 and 9007199254740991),
  request_id text not null,
  unique (order_id, state),
  check ((actor_kind = 'system') = (actor_id is null)),
  check ((state = 'cancelled') = (reason is not null)),
  check ((state = 'delivered') = (collected_paise is not null))
);
create trigger order_event_append_only before update or delete or truncate on ordering.order_event
  for each statement execute function kernel.refuse_change();

grant usage on schema ordering to janta_app;
grant usage on sequence ordering.order_number to janta_app;
grant select, insert, update, delete on ordering.cart_line to janta_app;
grant select, insert, delete, update (person_id, token_hash, state, touched_at) on ordering.cart to janta_app;
grant select, insert, update (state, items_paise) on ordering.order to janta_app;
grant select, insert, update (price_paise) on ordering.order_line to janta_app;
grant select, insert on ordering.order_event to janta_app;
