-- Coupons and offers. What an order got is written with the order; here it is counted, so that the last use of a
-- coupon goes to one order and comes back when that order is given up.

create table promotions.promotion (
  id uuid primary key,
  name text not null check (length(name) between 3 and 60),
  name_hi text not null check (length(name_hi) between 3 and 60),
  -- What the customer types; null for an offer that gives itself.
  code text check (code ~ '^[A-Z0-9]{3,20}$'),
  benefit text not null check (benefit in ('percent', 'amount', 'free_delivery')),
  basis_points integer check (basis_points between 1 and 9000),
  amount_paise bigint check (amount_paise > 0),
  most_paise bigint check (most_paise > 0),
  from_items_paise bigint not null check (from_items_paise >= 0),
  lane text not null check (lane in ('main', 'extra', 'delivery')),
  is_first_order boolean not null,
  uses_max integer check (uses_max > 0),
  uses_max_of_person integer check (uses_max_of_person > 0),
  -- Orders that have it now; the database refuses one too many.
  uses integer not null default 0 check (uses >= 0 and uses <= coalesce(uses_max, uses)),
  from_day date not null,
  until_day date check (until_day >= from_day),
  ended_at timestamptz,
  ended_by uuid,
  created_by uuid not null,
  created_at timestamptz not null default kernel.now(),
  check ((benefit = 'percent') = (basis_points is not null)),
  check ((benefit = 'amount') = (amount_paise is not null)),
  check (most_paise is null or benefit = 'percent'),
  check ((benefit = 'free_delivery') = (lane = 'delivery')),
  check ((ended_at is null) = (ended_by is null))
);
create unique index promotion_by_code on promotions.promotion (code) where ended_at is null and code is not null;
create index promotion_given_by_itself on promotions.promotion (id) where ended_at is null and code is null;
create index promotion_by_age on promotions.promotion (created_at desc, id desc);

create table promotions.use (
  promotion_id uuid not null references promotions.promotion,
  order_id uuid not null,
  person_id uuid not null,
  discount_paise bigint not null check (discount_paise >= 0),
  taken_at timestamptz not null default kernel.now(),
  -- The order was given up, and its use is another's.
  given_back_at timestamptz,
  primary key (order_id, promotion_id)
);
create index use_of_person on promotions.use (promotion_id, person_id) where given_back_at is null;

grant usage on schema promotions to janta_app;
grant select, insert, update (uses, ended_at, ended_by) on promotions.promotion to janta_app;
grant select, insert, update (given_back_at) on promotions.use to janta_app;
