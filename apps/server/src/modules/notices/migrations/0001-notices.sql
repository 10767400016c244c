-- What customers were told about their orders. A text names no medicine, no illness and no person (domain rule 27), and no
-- number is kept here: it is read from the account when the message leaves.

create table notices.notice (
  id uuid primary key,
  -- The news it tells: the same news told again is the same notice.
  event_id uuid not null,
  order_id uuid not null,
  person_id uuid not null,
  occasion text not null check (occasion in ('checking', 'checking_again', 'question', 'choice', 'payment', 'confirmed',
    'packed', 'ready', 'on_the_way', 'delivered', 'returned', 'cancelled', 'refunded', 'recalled')),
  language text not null check (language in ('en', 'hi')),
  text text not null check (length(text) between 1 and 300),
  state text not null check (state in ('shown', 'waiting', 'sent', 'refused', 'late')),
  made_at timestamptz not null default kernel.now(),
  sent_at timestamptz,
  -- The provider's own number of the message, or its code for a no.
  provider_note text check (length(provider_note) between 1 and 80),
  check ((state = 'sent') = (sent_at is not null)),
  unique (event_id, order_id)
);
create index notice_of_order on notices.notice (order_id, made_at desc, id desc);
create index notice_by_age on notices.notice (made_at);

grant usage on schema notices to janta_app;
grant select, insert, delete, update (state, sent_at, provider_note) on notices.notice to janta_app;
