-- What customers ask to give back after delivery, and what the pharmacy decided about it.

create table ordering.return (
  id uuid primary key,
  order_id uuid not null references ordering.order,
  state text not null default 'asked' check (state in ('asked', 'accepted', 'declined')),
  reason text not null
    check (reason in ('damaged', 'wrong_item', 'expired_or_short', 'not_as_described', 'not_needed')),
  note text check (length(note) between 1 and 300),
  asked_at timestamptz not null default kernel.now(),
  decided_at timestamptz,
  decided_by uuid,
  answer text check (length(answer) between 3 and 300),
  refund_paise bigint check (refund_paise >= 0),
  refund_way text check (refund_way in ('source', 'cash', 'transfer')),
  reference text check (length(reference) between 4 and 40),
  credit_note text,
  check ((state = 'asked') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null)),
  check ((state = 'accepted') = (credit_note is not null))
);
create unique index return_asked_once on ordering.return (order_id) where state = 'asked';
create index return_of_order on ordering.return (order_id);
create index return_by_state on ordering.return (state, asked_at, id);

create table ordering.return_line (
  return_id uuid not null references ordering.return,
  order_line integer not null,
  asked_packs integer not null check (asked_packs between 1 and 99),
  accepted_packs integer not null default 0 check (accepted_packs between 0 and asked_packs),
  primary key (return_id, order_line)
);

grant select, insert on ordering.return to janta_app;
grant update (state, decided_at, decided_by, answer, refund_paise, refund_way, reference, credit_note)
  on ordering.return to janta_app;
grant select, insert, update (accepted_packs) on ordering.return_line to janta_app;
